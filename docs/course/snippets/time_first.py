# %% pytorch
outputs, h = nn.RNN(3, 4)(x)  # without batch_first
print("outputs", tuple(outputs.shape), "h", tuple(h.shape))

# %% keras
h = layers.SimpleRNN(4)(ops.swapaxes(x, 0, 1))  # (T, B, D)
print("h", h.shape)

# %% jax
layer = nnx.RNN(nnx.SimpleCell(3, 4, rngs=rngs), return_carry=True)
h, outputs = layer(x.swapaxes(0, 1))  # (T, B, D)
print("outputs", outputs.shape, "h", h.shape)
