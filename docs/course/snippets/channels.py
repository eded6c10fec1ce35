# %% pytorch
image = torch.zeros(1, 32, 32, 1)  # (B, height, width, channels)
layer = nn.Conv2d(1, 8, kernel_size=3, padding=1)
print(tuple(layer(image.permute(0, 3, 1, 2)).shape))
layer(image)

# %% keras
image = ops.zeros((1, 32, 32, 1))  # (B, height, width, channels)
layer = layers.Conv2D(8, kernel_size=3, padding="same")
print(layer(image).shape)

# %% jax
image = jnp.zeros((1, 32, 32, 1))  # (B, height, width, channels)
layer = nnx.Conv(1, 8, kernel_size=(3, 3), rngs=rngs)
print(layer(image).shape)
