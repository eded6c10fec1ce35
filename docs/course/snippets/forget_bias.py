# %% pytorch
layer = nn.LSTM(3, 4, batch_first=True)  # the gates are i, f, g, o
forget = layer.bias_ih_l0[4:8] + layer.bias_hh_l0[4:8]
print("all 0:", bool((forget == 0).all()), " all 1:", bool((forget == 1).all()))
with torch.no_grad():
    layer.bias_ih_l0[4:8] = 1.0
    layer.bias_hh_l0[4:8] = 0.0  # the other bias of the same gate
print("set to", (layer.bias_ih_l0[4:8] + layer.bias_hh_l0[4:8]).tolist())

# %% keras
layer = layers.LSTM(4)  # unit_forget_bias=True is the default
layer.build((2, 5, 3))  # the gates are i, f, g, o
print("forget bias", layer.cell.bias[4:8].numpy())
layer = layers.LSTM(4, unit_forget_bias=False)
layer.build((2, 5, 3))
print("without", layer.cell.bias[4:8].numpy())

# %% jax
cell = nnx.OptimizedLSTMCell(3, 4, rngs=rngs)  # the gates are i, f, g, o
print("forget bias", cell.dense_h.bias[4:8])
cell.dense_h.bias[...] = cell.dense_h.bias.at[4:8].set(1.0)
print("set to", cell.dense_h.bias[4:8])
