# %% pytorch
series = torch.arange(10.0)
train = series[:6]  # the rest is validation and test
for name, known in (("training part", train), ("all rows", series)):
    shown = (train - known.mean()) / known.std()
    print(f"{name}: mean {shown.mean():.2f}, std of 6 {train.std():.3f}")

# %% keras
series = ops.arange(10.0)
train = series[:6]  # the rest is validation and test
for name, known in (("training part", train), ("all rows", series)):
    layer = layers.Normalization(axis=None)
    layer.adapt(known)
    mean = float(ops.mean(layer(train)))
    print(f"{name}: mean {mean:.2f}, std of 6 {float(ops.std(train)):.3f}")

# %% jax
series = jnp.arange(10.0)
train = series[:6]  # the rest is validation and test
for name, known in (("training part", train), ("all rows", series)):
    shown = (train - known.mean()) / known.std()
    print(f"{name}: mean {shown.mean():.2f}, std of 6 {train.std():.3f}")
