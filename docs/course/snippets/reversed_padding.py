# %% pytorch
tokens = torch.tensor([[5, 6, 7, 0, 0]])  # three words and padding
print(tokens.flip(1).tolist(), "is read from the padding on")
steps, length = torch.arange(5), 3
order = torch.where(steps < length, length - 1 - steps, steps)
print(tokens[:, order].tolist())

# %% keras
tokens = ops.array([[5, 6, 7, 0, 0]])  # three words and padding
print(ops.flip(tokens, 1).numpy(), "is read from the padding on")
steps, length = ops.arange(5), 3
order = ops.where(steps < length, length - 1 - steps, steps)
print(ops.take(tokens, order, axis=1).numpy())

# %% jax
tokens = jnp.array([[5, 6, 7, 0, 0]])  # three words and padding
print(jnp.flip(tokens, 1), "is read from the padding on")
steps, length = jnp.arange(5), 3
order = jnp.where(steps < length, length - 1 - steps, steps)
print(tokens[:, order])
