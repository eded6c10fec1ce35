# %% pytorch
torch.manual_seed(0)  # one global generator
first, second = torch.rand(1), torch.rand(1)
print("two draws are equal:", torch.equal(first, second))

# %% keras
keras.utils.set_random_seed(0)  # Python, NumPy, and the backend
first, second = keras.random.uniform((1,)), keras.random.uniform((1,))
print("two draws are equal:", bool(first[0] == second[0]))

# %% jax
key = jax.random.key(0)  # a value: the same key, the same numbers
first, second = jax.random.uniform(key), jax.random.uniform(key)
print("two draws are equal:", jnp.array_equal(first, second))
stream = nnx.Rngs(0)  # splits its key at each call
print("two keys are equal:", stream.params() == stream.params())
