# %% pytorch
layer = nn.LSTM(input_size=3, hidden_size=4, batch_first=True)
sum(weight.numel() for weight in layer.parameters())

# %% keras
layer = layers.LSTM(4)
layer(x)  # the input size is known now, and the weights exist
layer.count_params()

# %% jax
layer = nnx.RNN(nnx.OptimizedLSTMCell(3, 4, rngs=rngs))
sum(weight.size for weight in jax.tree.leaves(nnx.state(layer, nnx.Param)))
