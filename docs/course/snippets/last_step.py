# %% pytorch
outputs, _ = nn.RNN(3, 4, batch_first=True)(x)
print(tuple(outputs[-1].shape), tuple(outputs[:, -1].shape))

# %% keras
outputs = layers.SimpleRNN(4, return_sequences=True)(x)
print(outputs[-1].shape, outputs[:, -1].shape)

# %% jax
outputs = nnx.RNN(nnx.SimpleCell(3, 4, rngs=rngs))(x)
print(outputs[-1].shape, outputs[:, -1].shape)
