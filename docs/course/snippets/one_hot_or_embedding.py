# %% pytorch
table = nn.Embedding(6, 4)  # V = 6 characters, E = 4
indices = torch.tensor([[2, 5, 3]])  # (B, T)
one_hot = F.one_hot(indices, 6).float()  # (B, T, V)
print(tuple(one_hot.shape), tuple(table(indices).shape))
print("equal:", torch.allclose(one_hot @ table.weight, table(indices)))

# %% keras
table = layers.Embedding(6, 4)  # V = 6 characters, E = 4
indices = ops.array([[2, 5, 3]])  # (B, T)
vectors, one_hot = table(indices), ops.one_hot(indices, 6)
print(one_hot.shape, vectors.shape)
product = ops.matmul(one_hot, table.embeddings)
print("equal:", bool(ops.all(product == vectors)))

# %% jax
table = nnx.Embed(6, 4, rngs=rngs)  # V = 6 characters, E = 4
indices = jnp.array([[2, 5, 3]])  # (B, T)
one_hot = jax.nn.one_hot(indices, 6)  # (B, T, V)
print(one_hot.shape, table(indices).shape)
print("equal:", jnp.allclose(one_hot @ table.embedding[...], table(indices)))
