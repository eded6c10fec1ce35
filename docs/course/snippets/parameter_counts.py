# %% pytorch
for kind in (nn.RNN, nn.GRU, nn.LSTM):
    print(kind.__name__, sum(p.numel() for p in kind(3, 4).parameters()))

# %% keras
for kind in (layers.SimpleRNN, layers.GRU, layers.LSTM):
    layer = kind(4)
    layer.build(x.shape)
    print(kind.__name__, layer.count_params())

# %% jax
for kind in (nnx.SimpleCell, nnx.GRUCell, nnx.OptimizedLSTMCell):
    state = nnx.state(kind(3, 4, rngs=rngs), nnx.Param)
    print(kind.__name__, sum(p.size for p in jax.tree.leaves(state)))
