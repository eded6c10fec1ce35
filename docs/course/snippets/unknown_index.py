# %% pytorch
table = nn.Embedding(6, 4)
table(torch.tensor([[2, 6]]))  # the indices are 0 to 5

# %% keras
table = layers.Embedding(6, 4)
table(ops.array([[2, 6]]))  # the indices are 0 to 5

# %% jax
table = nnx.Embed(6, 4, rngs=rngs)
vectors = table(jnp.array([[2, 6]]))  # the indices are 0 to 5
print("the last row:", jnp.array_equal(vectors[0, 1], table.embedding[5]))
print("not a number:", jnp.isnan(vectors[0, 1]).all())
