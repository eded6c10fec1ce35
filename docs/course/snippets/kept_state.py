# %% pytorch
layer = nn.RNN(3, 4, batch_first=True)
h = torch.zeros(1, 2, 4)
for part in (x[:, :3], x[:, 3:]):  # one sequence in two parts
    outputs, h = layer(part, h)  # the remedy: h.detach()
    outputs.sum().backward()

# %% keras
layer = layers.SimpleRNN(4, stateful=True)
for part in (x[:, :3], x[:, 3:]):
    outputs = layer(part)  # the state is a variable without a gradient
print("state", layer.states[0].shape)

# %% jax
layer = nnx.RNN(nnx.SimpleCell(3, 4, rngs=rngs), return_carry=True)


def loss(layer, part, h):
    h, outputs = layer(part, initial_carry=h)
    return outputs.sum(), h


h = jnp.zeros((2, 4))
for part in (x[:, :3], x[:, 3:]):  # h is an argument: it has no gradient
    gradient, h = nnx.grad(loss, has_aux=True)(layer, part, h)
print("state", h.shape)
