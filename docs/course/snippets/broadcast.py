# %% pytorch
outputs, targets = torch.zeros(4, 1), torch.arange(4.0)
loss = F.mse_loss(outputs, targets, reduction="none")
print(tuple(loss.shape))

# %% keras
outputs, targets = ops.zeros((4, 1)), ops.arange(4.0)
loss = losses.mean_squared_error(targets, outputs)
print(loss.shape)

# %% jax
outputs, targets = jnp.zeros((4, 1)), jnp.arange(4.0)
loss = optax.squared_error(outputs, targets)
print(loss.shape)
