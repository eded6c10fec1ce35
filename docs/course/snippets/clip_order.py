# %% pytorch
for first in (True, False):
    w = nn.Parameter(torch.tensor([3.0, 4.0]))
    if first:
        nn.utils.clip_grad_norm_([w], 1.0)  # there is no gradient yet
    (w**2).sum().backward()
    if not first:
        nn.utils.clip_grad_norm_([w], 1.0)
    print(f"norm {w.grad.norm():.1f}")

# %% keras
# clipnorm is of each weight by itself: the direction changes.
for name in ("clipnorm", "global_clipnorm"):
    optimizer = keras.optimizers.SGD(1.0, **{name: 1.0})
    weights = [keras.Variable([0.0]), keras.Variable([0.0])]
    optimizer.apply([ops.array([6.0]), ops.array([8.0])], weights)
    print(name, [round(float(w[0]), 2) for w in weights])

# %% jax
# A chain is applied from left to right.
clip, adam = optax.clip_by_global_norm(1.0), optax.adam(10.0)
for optimizer in (optax.chain(clip, adam), optax.chain(adam, clip)):
    w = jnp.array([3.0, 4.0])
    step, _ = optimizer.update(2.0 * w, optimizer.init(w))
    print(f"length of the step {jnp.linalg.norm(step):.1f}")
