# %% pytorch
layer = nn.GRU(3, 4, batch_first=True, bidirectional=True)
outputs, h = layer(x)  # h is (2, B, H): forward, backward
print("outputs", tuple(outputs.shape), "h", tuple(h.shape))
print("outputs[:, -1] ends both:", torch.equal(outputs[:, -1, 4:], h[1]))
print("outputs[:, 0] ends backward:", torch.equal(outputs[:, 0, 4:], h[1]))

# %% keras
layer = layers.Bidirectional(
    layers.GRU(4, return_sequences=True, return_state=True)
)
outputs, forward, backward = layer(x)
print("outputs", outputs.shape, "states", forward.shape, backward.shape)
last, first = outputs[:, -1, 4:], outputs[:, 0, 4:]
print("outputs[:, -1] ends both:", bool(ops.all(last == backward)))
print("outputs[:, 0] ends backward:", bool(ops.all(first == backward)))

# %% jax
layer = nnx.Bidirectional(
    nnx.RNN(nnx.GRUCell(3, 4, rngs=rngs)),
    nnx.RNN(nnx.GRUCell(3, 4, rngs=rngs)),
    return_carry=True,
)
(forward, backward), outputs = layer(x)
print("outputs", outputs.shape, "states", forward.shape, backward.shape)
last, first = outputs[:, -1, 4:], outputs[:, 0, 4:]
print("outputs[:, -1] ends both:", jnp.array_equal(last, backward))
print("outputs[:, 0] ends backward:", jnp.array_equal(first, backward))
