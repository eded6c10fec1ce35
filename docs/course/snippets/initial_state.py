# %% pytorch
h0, c0 = torch.zeros(1, 2, 4), torch.zeros(1, 2, 4)  # (L, B, H)
outputs, _ = nn.LSTM(3, 4, batch_first=True)(x, (h0, c0))
nn.LSTM(3, 4, batch_first=True)(x, (h0[0], c0[0]))

# %% keras
h0, c0 = ops.zeros((2, 4)), ops.zeros((2, 4))  # (B, H)
outputs = layers.LSTM(4)(x, initial_state=[h0, c0])
layers.LSTM(4)(x, initial_state=h0)

# %% jax
c0, h0 = jnp.zeros((2, 4)), jnp.zeros((2, 4))  # (B, H), c first
layer = nnx.RNN(nnx.OptimizedLSTMCell(3, 4, rngs=rngs))
outputs = layer(x, initial_carry=(c0, h0))
layer(x, initial_carry=h0)
