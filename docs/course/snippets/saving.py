# %% pytorch
model = nn.GRU(3, 4, batch_first=True)
torch.save(model.state_dict(), "weights.pt")
other = nn.GRU(3, 4, batch_first=True)
other.load_state_dict(torch.load("weights.pt", weights_only=True))

# %% keras
model = keras.Sequential([keras.Input((5, 3)), layers.GRU(4)])
model.save_weights("model.weights.h5")  # the name has to end so
other = keras.Sequential([keras.Input((5, 3)), layers.GRU(4)])
other.load_weights("model.weights.h5")
print("equal:", bool(ops.all(model(x) == other(x))))

# %% jax
model = nnx.RNN(nnx.GRUCell(3, 4, rngs=rngs))
leaves, tree = jax.tree.flatten(nnx.state(model, nnx.Param))
np.savez("weights.npz", *leaves)  # Flax saves nothing itself
other = nnx.RNN(nnx.GRUCell(3, 4, rngs=nnx.Rngs(1)))
saved = np.load("weights.npz")
nnx.update(other, jax.tree.unflatten(tree, [saved[n] for n in saved]))
print("equal:", jnp.array_equal(model(x), other(x)))
