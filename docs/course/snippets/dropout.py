# %% pytorch
layer = nn.Dropout(0.5)
print("new", (layer(torch.ones(1000)) == 0).any().item())
layer.eval()
print("after eval()", (layer(torch.ones(1000)) == 0).any().item())

# %% keras
layer = layers.Dropout(0.5)
print("new", bool(ops.any(layer(ops.ones(1000)) == 0)))
dropped = layer(ops.ones(1000), training=True)
print("training=True", bool(ops.any(dropped == 0)))

# %% jax
layer = nnx.Dropout(0.5, rngs=rngs)
print("new", (layer(jnp.ones(1000)) == 0).any())
layer.eval()
print("after eval()", (layer(jnp.ones(1000)) == 0).any())
