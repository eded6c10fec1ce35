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
# # Notebook 10: count, and compare
#
# Parameters of each cell by formula and by framework; the interval of a paired
# difference; and why the best of ten runs is no result.

# %%
import importlib.util
import os

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


# %% [markdown]
# ## Parameters
#
# Blocks of a matrix (D, H), a matrix (H, H), and a bias; the GRU of the suite
# has a second bias, since its reset gate multiplies U h + b.

# %%
D, H = 20, 64
formula = {
    "rnn": H * (D + H + 1),
    "gru": 3 * H * (D + H + 2),
    "lstm": 4 * H * (D + H + 1),
}
print("NumPy  ", formula)
assert formula["lstm"] / formula["gru"] < 4 / 3

# %% [markdown]
# PyTorch has a second bias in every cell, which adds one bias per block:

# %%
BLOCKS = {"rnn": 1, "gru": 3, "lstm": 4}
if installed("torch"):
    from torch import nn

    layers = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
    for cell, layer in layers.items():
        count = sum(p.numel() for p in layer(D, H).parameters())
        extra = 0 if cell == "gru" else BLOCKS[cell] * H
        print("PyTorch", cell, count)
        assert count == formula[cell] + extra

# %%
if installed("keras", "tensorflow"):
    from keras import layers as kl

    for cell, kind in zip(formula, (kl.SimpleRNN, kl.GRU, kl.LSTM)):
        layer = kind(H)
        layer.build((None, None, D))
        print("Keras  ", cell, layer.count_params())
        assert layer.count_params() == formula[cell]

# %% [markdown]
# Flax has one bias in each block, in the GRU too.

# %%
if installed("flax"):
    import jax
    from flax import nnx

    kinds = (nnx.SimpleCell, nnx.GRUCell, nnx.OptimizedLSTMCell)
    for cell, kind in zip(formula, kinds):
        state = nnx.state(kind(D, H, rngs=nnx.Rngs(0)), nnx.Param)
        count = sum(part.size for part in jax.tree.leaves(state))
        print("JAX    ", cell, count)
        assert count == formula[cell] - (3 * H if cell == "gru" else 0)

# %% [markdown]
# ## Equal budgets
#
# The largest H whose parameters are at most those of an LSTM of 64 units:

# %%


def largest(count):
    return max(h for h in range(1, 1000) if count(h) <= formula["lstm"])


sizes = {
    "rnn": largest(lambda h: h * (D + h + 1)),
    "gru": largest(lambda h: 3 * h * (D + h + 2)),
    "lstm": largest(lambda h: 4 * h * (D + h + 1)),
}
print(sizes)
assert sizes["lstm"] == H
assert sizes["rnn"] > sizes["gru"] > H

# %% [markdown]
# ## The interval of a paired difference
#
# Two models with the same seeds. What a seed makes hard for both cancels in the
# difference.

# %%
T95 = {3: 4.303, 5: 2.776, 10: 2.262}
"""Seeds -> the 0.975 quantile of Student's t with one degree less."""


def interval(differences):
    n = len(differences)
    half = T95[n] * np.std(differences, ddof=1) / np.sqrt(n)
    return np.mean(differences) - half, np.mean(differences) + half


rng = np.random.default_rng(0)
seeds = rng.normal(size=5)  # what the seed does to both
a = 0.70 + 0.03 * seeds + 0.003 * rng.normal(size=5)
b = 0.69 + 0.03 * seeds + 0.003 * rng.normal(size=5)
low, high = interval(a - b)
print(f"means {a.mean():.3f} and {b.mean():.3f}")
print(f"interval of the difference {low:.4f} to {high:.4f}")
assert high - low < np.std(a) + np.std(b)

# %% [markdown]
# An interval of 95 % contains the true difference in 95 of 100 repetitions,
# whatever the number of seeds; with more seeds it is narrower.

# %%
for n in T95:
    drawn = rng.normal(0.5, 1.0, size=(2000, n))
    bounds = np.array([interval(row) for row in drawn])
    inside = (bounds[:, 0] < 0.5) & (bounds[:, 1] > 0.5)
    width = (bounds[:, 1] - bounds[:, 0]).mean()
    print(f"{n} seeds: contains it {inside.mean():.3f}, mean width {width:.2f}")
    assert 0.93 < inside.mean() < 0.97

# %% [markdown]
# ## The best of ten
#
# Two models of the same mean, one with twice the spread. The maximum of ten
# runs prefers the one with more spread.

# %%
runs = rng.normal(0.8, [[[0.01]], [[0.02]]], size=(2, 2000, 10))
best = runs.max(axis=2).mean(axis=1)
means = runs.mean(axis=(1, 2))
print("means", means.round(3), "best of ten", best.round(3))
assert abs(means[0] - means[1]) < 0.002
assert best[1] - best[0] > 0.01

# %% [markdown]
# ## Many tests
#
# Twenty comparisons of equal models at α = 0.05: some page has a "significant"
# one almost always. Holm's procedure keeps the share of such pages at 5 %.

# %%


def holm(p, level=0.05):
    """Which hypotheses are rejected (Holm 1979)."""
    rejected = np.zeros(len(p), bool)
    for place, index in enumerate(np.argsort(p)):
        if p[index] > level / (len(p) - place):
            break
        rejected[index] = True
    return rejected


pages = rng.random((2000, 20))
plain = (pages < 0.05).any(axis=1).mean()
corrected = np.mean([holm(page).any() for page in pages])
print(f"pages with an error: {plain:.2f}, corrected {corrected:.3f}")
assert plain > 0.6
assert corrected < 0.07
