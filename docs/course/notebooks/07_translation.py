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
# # Notebook 7: attention and beams by hand
#
# Attention in NumPy and in each framework that is installed, a beam search
# that outperforms greedy decoding, and the counts of BLEU.

# %%
import importlib.util
import os
from collections import Counter

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


# %% [markdown]
# ## Teacher forcing
#
# The decoder reads the target one step late: a start token first, the end token
# never.

# %%
START, END = 1, 2
target = [5, 6, 7]
inputs, wanted = [START, *target], [*target, END]
print("inputs ", inputs)
print("targets", wanted)
assert inputs[1:] == wanted[:-1]

# %% [markdown]
# ## Attention
#
# Additive scores v·tanh(W q + U m) (Bahdanau et al. 2015, appendix A.1.2) of a
# query for each of T states; padded states are excluded before the softmax.

# %%
B, T, H = 2, 4, 3
rng = np.random.default_rng(0)
memory = rng.normal(size=(B, T, H)).astype("float32")
query = rng.normal(size=(B, H)).astype("float32")
W, U = rng.normal(size=(2, H, H)).astype("float32")
v = rng.normal(size=H).astype("float32")
lengths = np.array([4, 2])
valid = np.arange(T) < lengths[:, None]  # (B, T)
results = {}


def softmax(scores):
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


scores = np.tanh(query[:, None] @ W + memory @ U) @ v  # (B, T)
weights = softmax(np.where(valid, scores, -np.inf))
context = np.einsum("bt,bth->bh", weights, memory)  # (B, H)
results["NumPy"] = context
print(weights.round(2))
assert np.allclose(weights.sum(axis=1), 1)
assert (weights[1, 2:] == 0).all()

# %%
if installed("torch"):
    import torch

    m, q = torch.from_numpy(memory), torch.from_numpy(query)
    energy = torch.tanh(q[:, None] @ torch.from_numpy(W) + m @ torch.tensor(U))
    scores = energy @ torch.from_numpy(v)
    masked = scores.masked_fill(~torch.from_numpy(valid), -torch.inf)
    weights = masked.softmax(dim=-1)
    results["PyTorch"] = (weights[:, None] @ m)[:, 0].numpy()

# %%
if installed("keras", "tensorflow"):
    from keras import ops

    energy = ops.tanh(ops.matmul(query[:, None], W) + ops.matmul(memory, U))
    scores = ops.where(valid, ops.matmul(energy, v), -float("inf"))
    weights = ops.softmax(scores)
    context = ops.einsum("bt,bth->bh", weights, memory)
    results["Keras"] = ops.convert_to_numpy(context)

# %%
if installed("jax"):
    import jax
    import jax.numpy as jnp

    energy = jnp.tanh(query[:, None] @ W + memory @ U)
    weights = jax.nn.softmax(energy @ v, where=valid)
    results["JAX"] = np.asarray(jnp.einsum("bt,bth->bh", weights, memory))

# %%
for name, found in results.items():
    deviation = np.abs(found - results["NumPy"]).max()
    print(f"{name:8} {deviation:.1e}")
    assert deviation < 1e-5, name

# %% [markdown]
# ## A beam finds what greedy decoding misses
#
# A model of two words as a table: the most probable first word leads to worse
# continuations.

# %%
first = {"a": 0.6, "b": 0.4}
second = {"a": {"x": 0.5, "y": 0.5}, "b": {"x": 0.95, "y": 0.05}}


def search(beam):
    """The best target of two words among those that the beam keeps."""
    kept = sorted(first.items(), key=lambda item: -item[1])[:beam]
    full = {
        word + after: p * share
        for word, p in kept
        for after, share in second[word].items()
    }
    return max(full.items(), key=lambda item: item[1])


for beam in (1, 2):
    print(beam, search(beam))
assert search(1)[0].startswith("a")
assert search(2)[0] == "bx"
assert search(2)[1] > search(1)[1]

# %% [markdown]
# ## Length
#
# A sum of log-probabilities falls with each token. Divided by ((5 + n) / 6)^0.6
# (Wu et al. 2016, equation 14) a longer target can win.

# %%
short, long = np.log([0.5, 0.5]), np.log([0.6, 0.6, 0.6, 0.6])


def normalized(logs, penalty):
    return logs.sum() / ((5 + len(logs)) / 6) ** penalty


for penalty in (0.0, 0.6, 2.0):
    print(penalty, normalized(short, penalty), normalized(long, penalty))
assert normalized(short, 0.0) > normalized(long, 0.0)
assert normalized(short, 2.0) < normalized(long, 2.0)

# %% [markdown]
# ## The counts of BLEU
#
# Each n-gram counts at most as often as in the reference, so that a repeated
# word gains nothing (Papineni et al. 2002, section 2.1.1).

# %%
reference = ["the", "cat", "is", "on", "the", "mat"]
translation = ["the"] * 4
matches = Counter(reference) & Counter(translation)
precision = sum(matches.values()) / len(translation)
brevity = min(1.0, np.exp(1 - len(reference) / len(translation)))
print(f"1-gram precision {precision}, brevity penalty {brevity:.3f}")
assert precision == 0.5
assert brevity < 1
