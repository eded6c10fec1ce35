# %% pytorch
layer, h = nn.GRU(3, 4, batch_first=True), None
for window in range(2):
    outputs, h = layer(x, h)
    outputs.sum().backward()  # without h = h.detach()

# %% keras
layer = layers.GRU(4, stateful=True)
first, second = layer(x), layer(x)
print("same output:", bool(ops.all(first == second)))
layer.reset_state()
print("after reset_state():", bool(ops.all(first == layer(x))))
layer(x[:1])

# %% jax
layer = nnx.RNN(nnx.GRUCell(3, 4, rngs=rngs), return_carry=True)


def loss(layer, x, h):
    h, outputs = layer(x, initial_carry=h)
    return outputs.sum(), h


h = jnp.zeros((2, 4))
for window in range(2):
    gradient, h = nnx.grad(loss, has_aux=True)(layer, x, h)
    print("window", window, "h", h.shape)
