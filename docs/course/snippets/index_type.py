# %% pytorch
nn.Embedding(6, 4)(torch.tensor([[2.0, 4.7]]))

# %% keras
table = layers.Embedding(6, 4)
vectors = table(ops.array([[2.0, 4.7]]))
print("4.7 is read as 4:", bool(ops.all(vectors[0, 1] == table.embeddings[4])))

# %% jax
nnx.Embed(6, 4, rngs=rngs)(jnp.array([[2.0, 4.7]]))
