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
# # Notebook 6: a language model in small
#
# Perplexity, truncated backpropagation, and sampling, first in NumPy and then
# in each framework that is installed.

# %%
import importlib.util
import os

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


def softmax(logits):
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


# %% [markdown]
# ## Text as its own target
#
# The target of a step is the character after it.

# %%
text = "to be or not to be, that is the question. "
vocab = sorted(set(text))
ids = np.array([vocab.index(c) for c in text])
x, y = ids[:-1], ids[1:]
print(repr(text[:8]), "->", repr(text[1:9]))
assert (x[1:] == y[:-1]).all()

# %% [markdown]
# ## Perplexity
#
# A model that knows nothing is as undecided as among all V characters. One that
# counts pairs of characters is less so, on the text that it has counted.

# %%
V = len(vocab)


def perplexity(probs, targets):
    """Probabilities (N, V), targets (N,) -> e to the mean NLL in nats."""
    return np.exp(-np.log(probs[np.arange(len(targets)), targets]).mean())


uniform = np.full((len(y), V), 1 / V)
counts = np.full((V, V), 0.1)  # a little for pairs that do not occur
np.add.at(counts, (x, y), 1)
bigram = (counts / counts.sum(axis=1, keepdims=True))[x]
found = perplexity(uniform, y), perplexity(bigram, y)
print("uniform {:.1f}, bigram {:.1f}".format(*found))
assert np.isclose(perplexity(uniform, y), V)
assert perplexity(bigram, y) < V / 2

# %% [markdown]
# ## Temperature, top-k, nucleus
#
# Each is a change of the probabilities before a token is drawn.

# %%
logits = np.array([3.0, 2.0, 1.0, 0.0, -1.0])


def top_k(probs, k):
    kept = np.where(np.argsort(np.argsort(-probs)) < k, probs, 0)
    return kept / kept.sum()


def nucleus(probs, p):
    order = np.argsort(-probs)
    before = np.cumsum(probs[order]) - probs[order]  # of those ranked higher
    kept = np.zeros_like(probs)
    kept[order] = np.where(before < p, probs[order], 0)
    return kept / kept.sum()


for temperature in (0.5, 1.0, 2.0):
    print(temperature, softmax(logits / temperature).round(3))
print("top-k 2    ", top_k(softmax(logits), 2).round(3))
print("nucleus 0.8", nucleus(softmax(logits), 0.8).round(3))


def entropy(probs):
    return -(probs * np.log(probs)).sum()


assert entropy(softmax(logits / 0.5)) < entropy(softmax(logits / 2.0))
assert (top_k(softmax(logits), 2) > 0).sum() == 2

# %% [markdown]
# A nucleus adapts to how sure the model is: here it keeps two tokens; of a flat
# distribution it keeps four of five.

# %%
flat = softmax(logits / 100)
print((nucleus(softmax(logits), 0.8) > 0).sum(), (nucleus(flat, 0.8) > 0).sum())
assert (nucleus(flat, 0.8) > 0).sum() >= 4

# %% [markdown]
# The sampler of the suite draws with a uniform number that it is given. Many
# draws have the shares of the nucleus.

# %%
from shared.decoding.sampling import Sampling, sample  # noqa: E402

draws = np.random.default_rng(0).random(20_000)
many = np.tile(logits, (len(draws), 1))
tokens = sample(many, draws, Sampling(top_p=0.8))
shares = np.bincount(tokens, minlength=5) / len(draws)
print(shares.round(3))
assert np.abs(shares - nucleus(softmax(logits), 0.8)).max() < 0.02

# %% [markdown]
# ## Truncated backpropagation
#
# h_t = tanh(u h_(t-1) + x_t), one unit, and the sum of the last window's states
# as the loss. The derivative by u through the window alone, by hand:

# %%
u, steps = 0.9, np.array([0.5, -0.2, 0.3, 0.8])


def window(h, xs, u):
    """The states after each step, and d(their sum)/du with h as a constant."""
    states, d_h, total = [], 0.0, 0.0
    for value in xs:
        new = np.tanh(u * h + value)
        d_h = (1 - new**2) * (h + u * d_h)
        total += d_h
        h = new
        states.append(h)
    return states, total


first, _ = window(0.0, steps[:2], u)
second, by_hand = window(first[-1], steps[2:], u)  # the state passes
_, reset = window(0.0, steps[2:], u)  # the state is lost
print(f"passed on {by_hand:.6f}, reset {reset:.6f}")
assert abs(by_hand - reset) > 0.01
results = {}

# %% [markdown]
# In PyTorch the cut is `detach`:

# %%
if installed("torch"):
    import torch

    weight = torch.tensor(u, dtype=torch.float64, requires_grad=True)
    h = torch.tensor(0.0, dtype=torch.float64)
    for start in (0, 2):
        h, loss = h.detach(), 0.0
        for value in steps[start : start + 2]:
            h = torch.tanh(weight * h + value)
            loss = loss + h
        weight.grad = None
        loss.backward()
    results["PyTorch"] = weight.grad.item()

# %% [markdown]
# In Keras it is `stop_gradient`; the tape is TensorFlow's:

# %%
if installed("keras", "tensorflow"):
    import tensorflow as tf
    from keras import ops

    weight = tf.Variable(u, dtype="float64")
    h = tf.constant(0.0, "float64")
    for start in (0, 2):
        with tf.GradientTape() as tape:
            h, loss = ops.stop_gradient(h), 0.0
            for value in steps[start : start + 2]:
                h = ops.tanh(weight * h + value)
                loss = loss + h
    results["Keras"] = float(tape.gradient(loss, weight))

# %% [markdown]
# In JAX the state is an argument, and the gradient is by another one:

# %%
if installed("jax"):
    import jax
    import jax.numpy as jnp

    def loss_of(weight, h, xs):
        loss = 0.0
        for value in xs:
            h = jnp.tanh(weight * h + value)
            loss = loss + h
        return loss, h

    h = 0.0
    for start in (0, 2):
        inputs = (u, h, steps[start : start + 2])
        gradient, h = jax.grad(loss_of, has_aux=True)(*inputs)
    results["JAX"] = float(gradient)

# %%
for name, found in results.items():
    print(f"{name:8} {found:.6f}")
    assert abs(found - by_hand) < 1e-5, name
