# %% pytorch
windows = torch.arange(100)
train, test = torch.utils.data.random_split(windows, [80, 20])
print("all of the test later:", min(test.indices) > max(train.indices))
train, test = windows[:80], windows[80:]
print("all of the test later:", bool(test.min() > train.max()))

# %% keras
windows = ops.convert_to_numpy(ops.arange(100))
train, test = keras.utils.split_dataset(windows, 0.8)  # shuffle=False
train, test = ([int(n) for n in part] for part in (train, test))
print("all of the test later:", min(test) > max(train))
train, test = keras.utils.split_dataset(windows, 0.8, shuffle=True, seed=0)
train, test = ([int(n) for n in part] for part in (train, test))
print("all of the test later:", min(test) > max(train))

# %% jax
windows = jnp.arange(100)
mixed = jax.random.permutation(rngs.params(), windows)
print("all of the test later:", bool(mixed[80:].min() > mixed[:80].max()))
print("all of the test later:", bool(windows[80:].min() > windows[:80].max()))
