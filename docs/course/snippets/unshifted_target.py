# %% pytorch
tokens = torch.tensor([[1, 5, 6, 2]])  # start, two words, end
inputs, targets = tokens[:, :-1], tokens[:, 1:]
copied = 9.0 * F.one_hot(inputs, 7).float()  # logits of a model that copies
for name, wanted in (("shifted", targets), ("unshifted", inputs)):
    loss = F.cross_entropy(copied.flatten(0, 1), wanted.flatten())
    print(f"{name} {loss:.3f}")

# %% keras
tokens = ops.array([[1, 5, 6, 2]])  # start, two words, end
inputs, targets = tokens[:, :-1], tokens[:, 1:]
copied = 9.0 * ops.one_hot(inputs, 7)  # logits of a model that copies
entropy = losses.SparseCategoricalCrossentropy(from_logits=True)
for name, wanted in (("shifted", targets), ("unshifted", inputs)):
    print(f"{name} {float(entropy(wanted, copied)):.3f}")

# %% jax
tokens = jnp.array([[1, 5, 6, 2]])  # start, two words, end
inputs, targets = tokens[:, :-1], tokens[:, 1:]
copied = 9.0 * jax.nn.one_hot(inputs, 7)  # logits of a model that copies
entropy = optax.softmax_cross_entropy_with_integer_labels
for name, wanted in (("shifted", targets), ("unshifted", inputs)):
    print(f"{name} {entropy(copied, wanted).mean():.3f}")
