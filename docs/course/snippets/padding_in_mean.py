# %% pytorch
ones = torch.ones(2, 5, 1)
ones[1, 3:] = 0.0  # the second sequence has 3 steps
print("mean", ones.mean(dim=1)[1].tolist())
print("of its steps", (ones.sum(dim=1) / lengths[:, None])[1].tolist())

# %% keras
mask = ops.arange(5) < ops.expand_dims(lengths, 1)  # (B, T)
ones = ops.cast(ops.expand_dims(mask, -1), "float32")
pool = layers.GlobalAveragePooling1D()
print("mean", pool(ones)[1].numpy())
print("with the mask", pool(ones, mask=mask)[1].numpy())

# %% jax
mask = jnp.arange(5) < lengths[:, None]  # (B, T)
ones = mask[:, :, None].astype(float)
print("mean", ones.mean(axis=1)[1])
print("where", ones.mean(axis=1, where=mask[:, :, None])[1])
