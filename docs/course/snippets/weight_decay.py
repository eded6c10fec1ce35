# %% pytorch
for kind in (torch.optim.Adam, torch.optim.AdamW):
    w = nn.Parameter(torch.ones(1))
    optimizer = kind([w], lr=0.1, weight_decay=0.5)
    (0.0 * w).sum().backward()  # a gradient of zero: only the decay acts
    optimizer.step()
    print(kind.__name__, round(w.item(), 3))

# %% keras
for kind in (keras.optimizers.Adam, keras.optimizers.AdamW):
    w = keras.Variable([1.0])
    optimizer = kind(0.1, weight_decay=0.5)
    optimizer.apply([ops.zeros(1)], [w])
    print(kind.__name__, round(float(w[0]), 3))

# %% jax
w = jnp.ones(1)
added = optax.chain(optax.add_decayed_weights(0.5), optax.adam(0.1))
decoupled = optax.adamw(0.1, weight_decay=0.5)
for name, optimizer in (("added", added), ("decoupled", decoupled)):
    step, _ = optimizer.update(jnp.zeros(1), optimizer.init(w), w)
    print(name, round(float((w + step)[0]), 3))
