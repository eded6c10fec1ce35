# %% pytorch
logits, target = torch.tensor([[0.0, 0.0, 20.0]]), torch.tensor([2])
print(f"logits {F.cross_entropy(logits, target):.2f}")
probs = logits.softmax(-1)
print(f"probabilities {F.cross_entropy(probs, target):.2f}")

# %% keras
logits, target = ops.array([[0.0, 0.0, 20.0]]), ops.array([2])
loss = losses.SparseCategoricalCrossentropy(from_logits=True)
print(f"logits {float(loss(target, logits)):.2f}")
print(f"probabilities {float(loss(target, ops.softmax(logits))):.2f}")

# %% jax
logits, target = jnp.array([[0.0, 0.0, 20.0]]), jnp.array([2])
loss = optax.softmax_cross_entropy_with_integer_labels
print(f"logits {loss(logits, target)[0]:.2f}")
print(f"probabilities {loss(jax.nn.softmax(logits), target)[0]:.2f}")
