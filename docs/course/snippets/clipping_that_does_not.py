# %% pytorch
w = nn.Parameter(torch.tensor([3.0, 4.0]))
norm = nn.utils.clip_grad_norm_([w], max_norm=1.0)  # before backward()
(50 * w).sum().backward()
print(f"norm then {norm:.0f}, at the step {w.grad.norm():.0f}")

# %% keras
optimizer = keras.optimizers.SGD(1.0, clipnorm=1.0)  # of each weight
a, b = keras.Variable([0.0]), keras.Variable([0.0])
optimizer.apply([ops.array([30.0]), ops.array([2.0])], [a, b])
print(f"step {-float(a[0]):.0f}, {-float(b[0]):.0f}, and not 30 to 2")

# %% jax
optimizer = optax.chain(optax.sgd(1.0), optax.clip(1.0))  # each element
w = jnp.zeros(2)
step, _ = optimizer.update(jnp.array([30.0, 2.0]), optimizer.init(w))
print("step", -step, "and not 30 to 2")
