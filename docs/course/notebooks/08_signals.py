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
# # Notebook 8: windows, quantiles, and paths
#
# A forecast against its baseline, the pinball loss, and the CTC loss by listing
# all paths, compared with the loss of each framework that is installed.

# %%
import importlib.util
import itertools
import os

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


# %% [markdown]
# ## Windows, cut in time
#
# A daily cycle with noise. The training part comes first; normalization knows
# nothing else.

# %%
rng = np.random.default_rng(0)
hours = np.arange(1000)
series = 10 + 3 * np.sin(2 * np.pi * hours / 24) + rng.normal(size=1000)
split = 700
mean, std = series[:split].mean(), series[:split].std()
scaled = (series - mean) / std
window, horizon = 48, 6


def windows(values):
    """(N, window) inputs and (N, horizon) targets."""
    both = np.lib.stride_tricks.sliding_window_view(values, window + horizon)
    return both[:, :window], both[:, window:]


x, y = windows(scaled[:split])
x_test, y_test = windows(scaled[split:])
print("training", x.shape, y.shape, "test", x_test.shape)
assert len(x) == split - window - horizon + 1

# %% [markdown]
# ## Baselines
#
# Repeating the last value, repeating the last day, and ridge regression.

# %%
inputs = np.c_[x, np.ones(len(x))]
weights = np.linalg.solve(
    inputs.T @ inputs + 1e-3 * np.eye(window + 1), inputs.T @ y
)
forecasts = {
    "last value": np.repeat(x_test[:, -1:], horizon, axis=1),
    "last day": x_test[:, -24 : -24 + horizon],
    "ridge": np.c_[x_test, np.ones(len(x_test))] @ weights,
}
seasonal = np.abs(scaled[24:split] - scaled[: split - 24]).mean()
errors = {}
for name, forecast in forecasts.items():
    errors[name] = np.square(y_test - forecast).mean()
    mase = np.abs(y_test - forecast).mean() / seasonal
    print(f"{name:10} MSE {errors[name]:.3f} MASE {mase:.2f}")
assert errors["ridge"] < errors["last day"] < errors["last value"]

# %% [markdown]
# ## Quantiles
#
# The value with the smallest pinball loss is the quantile of that level
# (Koenker and Bassett 1978).

# %%
sample = rng.exponential(size=5000)
places = np.linspace(0, 5, 501)


def pinball(values, forecast, level):
    error = values - forecast
    return np.maximum(level * error, (level - 1) * error).mean()


for level in (0.1, 0.5, 0.9):
    losses = [pinball(sample, place, level) for place in places]
    best = places[np.argmin(losses)]
    print(f"{level}: {best:.2f}, quantile {np.quantile(sample, level):.2f}")
    assert abs(best - np.quantile(sample, level)) < 0.05

# %% [markdown]
# ## CTC by listing all paths
#
# Four frames, two labels and a blank (class 0). The probability of the labels
# is the sum over all paths that reduce to them (Graves et al. 2006, eq. 3).

# %%
T, K, labels = 4, 3, [1, 2]
logits = rng.normal(size=(T, K)).astype("float32")
probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)


def collapse(path):
    """Merge repetitions, then drop blanks."""
    return [k for k, _ in itertools.groupby(path) if k != 0]


paths = [
    path
    for path in itertools.product(range(K), repeat=T)
    if collapse(path) == labels
]
total = sum(np.prod(probs[np.arange(T), list(path)]) for path in paths)
results = {"NumPy": -np.log(total)}
print(len(paths), "paths of", K**T, "have the labels", labels)
assert len(paths) == 15

# %%
if installed("torch"):
    import torch

    loss = torch.nn.functional.ctc_loss(
        torch.from_numpy(logits)[:, None].log_softmax(-1),  # (T, B, K)
        torch.tensor([labels]),
        torch.tensor([T]),
        torch.tensor([len(labels)]),
        reduction="none",
    )
    results["PyTorch"] = loss.item()

# %%
if installed("keras", "tensorflow"):
    from keras import ops

    loss = ops.ctc_loss(
        ops.array([labels]),
        ops.array(logits[None]),  # (B, T, K)
        ops.array([len(labels)]),
        ops.array([T]),
        mask_index=0,
    )
    results["Keras"] = float(loss[0])

# %%
if installed("jax", "optax"):
    import jax.numpy as jnp
    import optax

    padding = jnp.zeros((1, T)), jnp.zeros((1, len(labels)))
    loss = optax.ctc_loss(
        logits[None], padding[0], jnp.array([labels]), padding[1]
    )
    results["JAX"] = float(loss[0])

# %%
for name, loss in results.items():
    print(f"{name:8} {loss:.5f}")
    assert abs(loss - results["NumPy"]) < 1e-4, name
