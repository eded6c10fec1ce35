# %% pytorch
series = torch.zeros(2, 5)  # (B, T): there is no axis of features
layer = nn.RNN(1, 4, batch_first=True)
layer(series)

# %% keras
series = ops.zeros((2, 5))  # (B, T): there is no axis of features
layer = layers.SimpleRNN(4)
layer(series)

# %% jax
series = jnp.zeros((2, 5))  # (B, T): there is no axis of features
layer = nnx.RNN(nnx.SimpleCell(1, 4, rngs=rngs))
layer(series)
