# %% pytorch
scores = torch.tensor([2.0, 1.0, 0.0, 0.5, 0.5])
valid = torch.arange(5) < 3
print("no mask", scores.softmax(-1).numpy().round(2))
print("times the mask", (scores * valid).softmax(-1).numpy().round(2))
masked = scores.masked_fill(~valid, -torch.inf)
print("-inf", masked.softmax(-1).numpy().round(2))

# %% keras
scores = ops.array([2.0, 1.0, 0.0, 0.5, 0.5])
valid = ops.arange(5) < 3
print("no mask", ops.softmax(scores).numpy().round(2))
product = scores * ops.cast(valid, "float32")
print("times the mask", ops.softmax(product).numpy().round(2))
masked = ops.where(valid, scores, -float("inf"))
print("-inf", ops.softmax(masked).numpy().round(2))

# %% jax
scores = jnp.array([2.0, 1.0, 0.0, 0.5, 0.5])
valid = jnp.arange(5) < 3
print("no mask", np.asarray(nnx.softmax(scores)).round(2))
product = np.asarray(nnx.softmax(scores * valid))
print("times the mask", product.round(2))
masked = np.asarray(nnx.softmax(scores, where=valid))
print("where=", masked.round(2))
