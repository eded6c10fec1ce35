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
# # Notebook 9: the parts of a training step
#
# Clipping, Adam, weight decay, and dropout in NumPy and in each framework that
# is installed; early stopping; and a learning rate that is too large.

# %%
import importlib.util
import os

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


# %% [markdown]
# ## Clipping
#
# By norm the direction remains (Pascanu et al. 2013, algorithm 1), by value it
# does not.

# %%
gradient = np.array([3.0, 4.0])
by_norm = gradient * min(1, 1 / np.linalg.norm(gradient))
by_value = np.clip(gradient, -1, 1)
print("by norm", by_norm, "by value", by_value)
assert np.isclose(by_norm[1] / by_norm[0], gradient[1] / gradient[0])
assert not np.isclose(by_value[1] / by_value[0], gradient[1] / gradient[0])

# %% [markdown]
# ## Adam
#
# Algorithm 1 of Kingma and Ba (2015), three steps with a fixed list of
# gradients. The first step is the learning rate, whatever the gradient.

# %%
gradients, rate, epsilon = [0.5, -2.0, 0.1], 0.1, 1e-8


def adam(gradients):
    w, m, v, places = 1.0, 0.0, 0.0, []
    for t, g in enumerate(gradients, 1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        step = (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + epsilon)
        w -= rate * step
        places.append(w)
    return places


results = {"NumPy": adam(gradients)}
print(np.round(results["NumPy"], 5))
assert np.isclose(adam([0.001])[0], 1 - rate, atol=1e-5)
assert np.isclose(adam([1000.0])[0], 1 - rate, atol=1e-5)

# %%
if installed("torch"):
    import torch

    w = torch.nn.Parameter(torch.ones(()))
    optimizer = torch.optim.Adam([w], lr=rate, eps=epsilon)
    results["PyTorch"] = []
    for g in gradients:
        w.grad = torch.tensor(g)
        optimizer.step()
        results["PyTorch"].append(w.item())

# %%
if installed("keras", "tensorflow"):
    import keras

    w = keras.Variable(1.0)
    # Keras adds epsilon before the correction of the mean of squares.
    optimizer = keras.optimizers.Adam(rate, epsilon=epsilon)
    results["Keras"] = []
    for g in gradients:
        optimizer.apply([keras.ops.array(g)], [w])
        results["Keras"].append(float(w.value))

# %%
if installed("jax", "optax"):
    import jax.numpy as jnp
    import optax

    w, optimizer = jnp.ones(()), optax.adam(rate, eps=epsilon)
    state = optimizer.init(w)
    results["JAX"] = []
    for g in gradients:
        step, state = optimizer.update(jnp.asarray(g), state)
        w = w + step
        results["JAX"].append(float(w))

# %%
for name, places in results.items():
    print(f"{name:8}", np.round(places, 5))
    assert np.allclose(places, results["NumPy"], atol=1e-5), name

# %% [markdown]
# ## Dropout in the loop
#
# A new mask at each step erases every unit sooner or later; one mask for the
# sequence keeps the same units (Gal and Ghahramani 2016).

# %%
rng = np.random.default_rng(0)
steps, units, kept = 20, 10_000, 0.8
new_masks = (rng.random((steps, units)) < kept).all(axis=0).mean()
one_mask = (rng.random(units) < kept).mean()
print(f"never dropped in {steps} steps: {new_masks:.3f} and {one_mask:.3f}")
assert abs(new_masks - kept**steps) < 0.01
assert abs(one_mask - kept) < 0.02

# %% [markdown]
# ## Early stopping
#
# Training ends after `patience` epochs without improvement; the best epoch is
# kept.

# %%
validation = [0.9, 0.6, 0.5, 0.52, 0.49, 0.55, 0.6, 0.7, 0.4]


def stopped(losses, patience):
    """The epoch at which training ends, and the one that is kept."""
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best


for patience in (1, 3, 9):
    print(patience, stopped(validation, patience))
assert stopped(validation, 1) == (3, 2)
assert stopped(validation, 3) == (7, 4)
assert stopped(validation, 9)[1] == 8

# %% [markdown]
# ## The learning rate
#
# Gradient descent on w² / 2 multiplies w by 1 − η: it converges for η < 2 and
# diverges above. With clipping it cannot diverge, but it does not converge
# either.

# %%


def descend(rate, clip=np.inf, steps=50):
    w = 5.0
    for _ in range(steps):
        w -= rate * np.clip(w, -clip, clip)
    return abs(w)


for rate in (0.01, 0.5, 1.9, 2.1):
    print(f"{rate}: {descend(rate):.2g}, clipped {descend(rate, 1.0):.2g}")
assert descend(0.5) < 1e-3 < descend(0.01)
assert descend(2.1) > 100 > descend(2.1, 1.0) > 0.1
