# %% pytorch
packed = pack_padded_sequence(
    x, lengths, batch_first=True, enforce_sorted=False
)
print("sequences at each step", packed.batch_sizes.tolist())
_, h = nn.GRU(3, 4, batch_first=True)(packed)
print("h", tuple(h.shape))

# %% keras
# There is no packing: a mask marks the steps of each sequence, and padded
# steps are computed and discarded.
mask = ops.arange(5) < ops.expand_dims(lengths, 1)
print(ops.convert_to_numpy(ops.cast(mask, "int32")))

# %% jax
# There is no packing: nnx.RNN takes the lengths, and padded steps are
# computed and discarded.
mask = jnp.arange(5) < lengths[:, None]
print(mask.astype(int))
