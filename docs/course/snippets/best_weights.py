# %% pytorch
model = nn.Linear(1, 1)
best = model.state_dict()
before = best["bias"].clone()
with torch.no_grad():
    model.bias += 1.0  # training goes on
print("the best weights are kept:", torch.equal(best["bias"], before))

# %% keras
model = keras.Sequential([layers.Input((1,)), layers.Dense(1)])
best = model.get_weights()
before = best[1].copy()
model.layers[0].bias.assign_add([1.0])  # training goes on
print("the best weights are kept:", bool((best[1] == before).all()))
stop = keras.callbacks.EarlyStopping(patience=3)
print("restores the best weights:", stop.restore_best_weights)

# %% jax
model = nnx.Linear(1, 1, rngs=rngs)
best = nnx.state(model)
before = best["bias"][...]
model.bias[...] += 1.0  # training goes on
print("the best weights are kept:", bool((best["bias"][...] == before).all()))
