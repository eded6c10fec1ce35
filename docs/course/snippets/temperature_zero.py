# %% pytorch
logits = torch.tensor([2.0, 1.0, 0.0])
for temperature in (2.0, 1.0, 0.5):
    print(temperature, (logits / temperature).softmax(-1).numpy().round(2))
torch.multinomial((logits / 0.0).softmax(-1), 1)

# %% keras
logits = ops.array([[2.0, 1.0, 0.0]])
for temperature in (2.0, 1.0, 0.5):
    probs = ops.softmax(logits / temperature)
    print(temperature, ops.convert_to_numpy(probs)[0].round(2))
keras.random.categorical(logits / 0.0, 1).numpy()

# %% jax
logits = jnp.array([2.0, 1.0, 0.0])
for temperature in (2.0, 1.0, 0.5):
    probs = np.asarray(nnx.softmax(logits / temperature))
    print(temperature, probs.round(2))
print("sampled", jax.random.categorical(rngs.params(), logits / 0.0))
