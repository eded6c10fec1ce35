# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   language_info:
#     name: python
# ---

# %% [markdown]
# # Notebook 1: unroll a network by hand
#
# A vanilla RNN in NumPy, in PyTorch, in Keras, and in JAX, with the same
# weights: the numbers have to agree. Then the suite trains on sine waves.
# Frameworks that are not installed are left out.

# %%
import importlib.util
import os

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

B, T, D, H = 2, 5, 3, 4
rng = np.random.default_rng(0)
x = rng.normal(size=(B, T, D)).astype("float32")
W = rng.normal(size=(D, H)).astype("float32") / np.sqrt(D)
U = rng.normal(size=(H, H)).astype("float32") / np.sqrt(H)
b = rng.normal(size=H).astype("float32")
results = {}


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


# %% [markdown]
# ## The loop in NumPy
#
# The state begins at zero and is replaced at each step. `states` collects it:
# (B, T, H).

# %%
h = np.zeros((B, H), "float32")
states = []
for t in range(T):
    h = np.tanh(x[:, t] @ W + h @ U + b)  # (B, H)
    states.append(h)
results["NumPy"] = np.stack(states, axis=1)  # (B, T, H)
print("states", results["NumPy"].shape, "last", h.shape)

# %% [markdown]
# ## PyTorch
#
# `nn.RNN` holds its weights transposed, (H, D) and (H, H), and has a second
# bias, which is set to zero here.

# %%
if installed("torch"):
    import torch
    from torch import nn

    layer = nn.RNN(D, H, batch_first=True)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.from_numpy(W.T))
        layer.weight_hh_l0.copy_(torch.from_numpy(U.T))
        layer.bias_ih_l0.copy_(torch.from_numpy(b))
        layer.bias_hh_l0.zero_()
        outputs, h = layer(torch.from_numpy(x))
    results["PyTorch"] = outputs.numpy()
    print("outputs", tuple(outputs.shape), "h", tuple(h.shape))

# %% [markdown]
# ## Keras
#
# The layer is built by its first input; then its weights can be set.

# %%
if installed("keras", "tensorflow"):
    import keras

    layer = keras.layers.SimpleRNN(H, return_sequences=True, return_state=True)
    layer.build(x.shape)
    layer.set_weights([W, U, b])
    outputs, h = layer(x)
    results["Keras"] = keras.ops.convert_to_numpy(outputs)
    print("outputs", tuple(outputs.shape), "h", tuple(h.shape))

# %% [markdown]
# ## JAX
#
# The step is a function; `lax.scan` repeats it over the first axis, so time
# comes first.

# %%
if installed("jax"):
    import jax
    import jax.numpy as jnp

    def step(h, x):
        h = jnp.tanh(x @ W + h @ U + b)  # (B, H)
        return h, h

    h, outputs = jax.lax.scan(step, jnp.zeros((B, H)), x.swapaxes(0, 1))
    results["JAX"] = np.asarray(outputs.swapaxes(0, 1))  # (B, T, H)
    print("outputs", results["JAX"].shape, "h", h.shape)

# %% [markdown]
# ## Do they agree?
#
# Up to rounding in float32, which is about 1e-7 of a number near 1.

# %%
for name, states in results.items():
    deviation = np.abs(states - results["NumPy"]).max()
    print(f"{name:8} {deviation:.1e}")
    assert deviation < 1e-6, name

# %% [markdown]
# ## Two mistakes
#
# Without the batch axis first, any shape is accepted: time and batch are
# exchanged and the numbers are others. With the weights transposed nothing
# complains either, since U is square.

# %%
h = np.zeros((B, H), "float32")
for t in range(T):
    h = np.tanh(x[:, t] @ W + h @ U.T + b)
print("U transposed:", np.abs(h - results["NumPy"][:, -1]).max() > 0.01)

# %% [markdown]
# ## Train it
#
# The same comparison as `compare.py --task sine`, in miniature: one cell, one
# framework, two epochs, few waves. The table has the columns of `results.csv`.

# %%
import tempfile  # noqa: E402

import comparisons  # noqa: E402

framework = "pytorch" if installed("torch") else "jax"
folder = tempfile.mkdtemp()
found = comparisons.compare(
    "sine",
    framework,
    "rnn",
    seeds=1,
    epochs=2,
    train_sequences=512,
    out=folder,
    report=False,
    quiet=True,
)
found.table()[["framework", "cell", "parameters", "metric_mean"]]

# %% [markdown]
# The hidden layer has H (D + H + 1) parameters and the output H + 1.

# %%
units = 32
expected = units * (1 + units + 1) + units + 1
print(expected, int(found.table()["parameters"].iloc[0]))
assert expected == int(found.table()["parameters"].iloc[0])
