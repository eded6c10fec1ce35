# %% pytorch
targets = torch.tensor([5, 6, 2, 0, 0, 0, 0, 0])  # 0 is padding
logits = torch.zeros(8, 7)
logits[:, 0] = 9.0  # a model that writes padding
print(f"all steps {F.cross_entropy(logits, targets):.2f}")
loss = F.cross_entropy(logits, targets, ignore_index=0)
print(f"valid steps {loss:.2f}")

# %% keras
targets = ops.array([5, 6, 2, 0, 0, 0, 0, 0])  # 0 is padding
logits = 9.0 * ops.one_hot(ops.zeros(8, "int32"), 7)
entropy = losses.SparseCategoricalCrossentropy(from_logits=True)
print(f"all steps {float(entropy(targets, logits)):.2f}")
valid = ops.cast(targets > 0, "float32")
print(f"weighted {float(entropy(targets, logits, valid)):.2f}")
entropy = losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)
print(f"ignore_class {float(entropy(targets, logits)):.2f}")

# %% jax
targets = jnp.array([5, 6, 2, 0, 0, 0, 0, 0])  # 0 is padding
logits = 9.0 * jax.nn.one_hot(jnp.zeros(8, int), 7)
loss = optax.softmax_cross_entropy_with_integer_labels(logits, targets)
print(f"all steps {loss.mean():.2f}")
print(f"valid steps {loss.mean(where=targets > 0):.2f}")
