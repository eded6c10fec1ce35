# %% pytorch
logits = torch.zeros(4, 6)  # four steps, six tags
logits[:, 0] = 8.0  # predicts the padding everywhere
targets = torch.tensor([3, 0, 0, 0])  # one word, three steps of padding
print(f"all steps {F.cross_entropy(logits, targets):.1f}")
loss = F.cross_entropy(logits, targets, ignore_index=0)
print(f"the word {loss:.1f}")

# %% keras
logits = ops.array([[8.0, 0, 0, 0, 0, 0]] * 4)  # four steps, six tags
targets = ops.array([3, 0, 0, 0])  # one word, three steps of padding
loss = losses.SparseCategoricalCrossentropy(from_logits=True)
print(f"all steps {float(loss(targets, logits)):.1f}")
weights = ops.cast(targets != 0, "float32")
total = loss(targets, logits, sample_weight=weights)
print(f"with weights {float(total):.1f}, still divided by 4")
loss = losses.SparseCategoricalCrossentropy(True, ignore_class=0)
print(f"ignore_class {float(loss(targets, logits)):.1f}")

# %% jax
logits = jnp.zeros((4, 6)).at[:, 0].set(8.0)  # four steps, six tags
targets = jnp.array([3, 0, 0, 0])  # one word, three steps of padding
loss = optax.softmax_cross_entropy_with_integer_labels(logits, targets)
print(f"all steps {loss.mean():.1f}")
print(f"the word {loss.mean(where=targets != 0):.1f}")
