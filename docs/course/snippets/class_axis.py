# %% pytorch
logits, targets = torch.zeros(2, 5, 7), torch.zeros(2, 5, dtype=torch.long)
try:
    F.cross_entropy(logits, targets)  # (B, T, V) and (B, T)
except RuntimeError as error:
    print(error)
loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
print(f"perplexity {loss.exp():.1f}")

# %% keras
logits, targets = ops.zeros((2, 5, 7)), ops.zeros((2, 5), "int32")
loss = losses.SparseCategoricalCrossentropy(from_logits=True)
print(f"perplexity {float(ops.exp(loss(targets, logits))):.1f}")

# %% jax
logits, targets = jnp.zeros((2, 5, 7)), jnp.zeros((2, 5), int)
loss = optax.softmax_cross_entropy_with_integer_labels(logits, targets)
print(f"perplexity {jnp.exp(loss.mean()):.1f}")
