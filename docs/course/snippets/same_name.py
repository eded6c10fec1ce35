# %% pytorch
for kind in (nn.RNN, nn.GRU, nn.LSTM):
    weights = kind(3, 4).parameters()
    print(kind.__name__, sum(weight.numel() for weight in weights))

# %% keras
for kind in (layers.SimpleRNN, layers.GRU, layers.LSTM):
    layer = kind(4)
    layer.build((2, 5, 3))
    print(kind.__name__, layer.count_params())

# %% jax
for kind in (nnx.SimpleCell, nnx.GRUCell, nnx.OptimizedLSTMCell):
    weights = jax.tree.leaves(nnx.state(kind(3, 4, rngs=rngs), nnx.Param))
    print(kind.__name__, sum(weight.size for weight in weights))
