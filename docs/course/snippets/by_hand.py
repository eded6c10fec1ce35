# %% pytorch
w, u, b = 1.0, 0.8, 0.0
h = torch.tensor(0.0)
for value in (1.0, 0.0, 0.0, 0.0):
    h = torch.tanh(w * value + u * h + b)
    print(f"x {value:.0f}  h {h:.3f}")

# %% keras
w, u, b = 1.0, 0.8, 0.0
h = 0.0
for value in (1.0, 0.0, 0.0, 0.0):
    h = ops.tanh(w * value + u * h + b)
    print(f"x {value:.0f}  h {float(h):.3f}")

# %% jax
w, u, b = 1.0, 0.8, 0.0


def step(h, value):
    h = jnp.tanh(w * value + u * h + b)
    return h, h  # the state, and what is collected


last, states = jax.lax.scan(step, 0.0, jnp.array([1.0, 0.0, 0.0, 0.0]))
print("h", states.round(3))
