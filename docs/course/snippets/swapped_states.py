# %% pytorch
outputs, (first, second) = nn.LSTM(3, 4, batch_first=True)(x)
print("the first is h:", torch.equal(first[0], outputs[:, -1]))
print("the second is h:", torch.equal(second[0], outputs[:, -1]))

# %% keras
layer = layers.LSTM(4, return_sequences=True, return_state=True)
outputs, first, second = layer(x)
print("the first is h:", bool(ops.all(first == outputs[:, -1])))
print("the second is h:", bool(ops.all(second == outputs[:, -1])))

# %% jax
layer = nnx.RNN(nnx.OptimizedLSTMCell(3, 4, rngs=rngs), return_carry=True)
(first, second), outputs = layer(x)
print("the first is h:", jnp.array_equal(first, outputs[:, -1]))
print("the second is h:", jnp.array_equal(second, outputs[:, -1]))
