# %% pytorch
logits, target = torch.tensor([[3.0, 1.0, 0.0]]), torch.tensor([0])
probs = logits.softmax(-1)
print(f"logits {F.cross_entropy(logits, target):.3f}")
print(f"probabilities {F.cross_entropy(probs, target):.3f}")

# %% keras
logits, target = ops.array([[3.0, 1.0, 0.0]]), ops.array([0])
probs = ops.softmax(logits)
loss = losses.sparse_categorical_crossentropy  # from_logits=False
print(f"logits {float(loss(target, logits)[0]):.3f}")
print(f"probabilities {float(loss(target, probs)[0]):.3f}")
right = loss(target, logits, from_logits=True)
print(f"from_logits=True {float(right[0]):.3f}")

# %% jax
logits, target = jnp.array([[3.0, 1.0, 0.0]]), jnp.array([0])
probs = nnx.softmax(logits)
loss = optax.softmax_cross_entropy_with_integer_labels
print(f"logits {loss(logits, target)[0]:.3f}")
print(f"probabilities {loss(probs, target)[0]:.3f}")
