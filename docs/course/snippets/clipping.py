# %% pytorch
w = nn.Parameter(torch.tensor([3.0, 4.0]))
(w**2).sum().backward()
norm = nn.utils.clip_grad_norm_([w], max_norm=1.0)  # after backward()
print(f"norm before {norm:.1f}, after {w.grad.norm():.1f}")

# %% keras
# global_clipnorm is of all weights together, clipnorm of each by itself.
optimizer = keras.optimizers.SGD(1.0, global_clipnorm=1.0)
w = keras.Variable([3.0, 4.0])
optimizer.apply([2.0 * w.value], [w])
step = ops.norm(ops.array([3.0, 4.0]) - w.value)
print(f"length of the step {float(step):.1f}")

# %% jax
optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.sgd(1.0))
w = jnp.array([3.0, 4.0])
step, _ = optimizer.update(2.0 * w, optimizer.init(w))
print(f"length of the step {jnp.linalg.norm(step):.1f}")
