# %% pytorch
logits = torch.zeros(2, 5, 8)  # (B, T, K)
targets = torch.zeros(2, 5, dtype=torch.long)  # (B, T)
F.cross_entropy(logits, targets)  # classes have to be the second axis

# %% keras
layer = keras.Sequential([layers.LSTM(4), layers.Dense(8)])
targets = ops.zeros((2, 5), "int32")  # (B, T)
loss = losses.sparse_categorical_crossentropy
loss(targets, layer(x), from_logits=True)  # return_sequences is missing

# %% jax
logits = jnp.zeros((2, 5, 8))  # (B, T, K)
targets = jnp.zeros((2, 5), int)  # (B, T)
loss = optax.softmax_cross_entropy_with_integer_labels(logits, targets)
print(loss.shape)
