# %% pytorch
layer = nn.LSTM(3, 4, batch_first=True)
outputs, (h, c) = layer(x)
print("outputs", tuple(outputs.shape), "h", tuple(h.shape))

# %% keras
layer = layers.LSTM(4, return_sequences=True, return_state=True)
outputs, h, c = layer(x)
print("by default", layers.LSTM(4)(x).shape)
print("outputs", outputs.shape, "h", h.shape)

# %% jax
layer = nnx.RNN(nnx.OptimizedLSTMCell(3, 4, rngs=rngs), return_carry=True)
(c, h), outputs = layer(x)
print("outputs", outputs.shape, "h", h.shape)
