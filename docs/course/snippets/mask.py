# %% pytorch
outputs, h = nn.GRU(3, 4, batch_first=True)(x)
at_end = outputs[torch.arange(2), lengths - 1]  # (B, H)
print("the last state is that at the end:", torch.equal(h[0], at_end))

# %% keras
mask = ops.arange(5) < ops.expand_dims(lengths, 1)  # (B, T)
layer = layers.GRU(4, return_sequences=True, return_state=True)
outputs, h = layer(x, mask=mask)
at_end = ops.stack([outputs[0, 4], outputs[1, 2]])
print("the last state is that at the end:", bool(ops.all(h == at_end)))

# %% jax
layer = nnx.RNN(nnx.GRUCell(3, 4, rngs=rngs), return_carry=True)
h, outputs = layer(x, seq_lengths=lengths)
at_end = outputs[jnp.arange(2), lengths - 1]
print("the last state is that at the end:", jnp.array_equal(h, at_end))
