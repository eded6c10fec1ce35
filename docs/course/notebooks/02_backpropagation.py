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
# # Notebook 2: backpropagation through time
#
# The gradient of a vanilla RNN in NumPy and by hand, checked against finite
# differences and against PyTorch, Keras, and JAX. Then its norm by distance for
# different spectral radii, and a descent with and without clipping. Frameworks
# that are not installed are left out.

# %%
import importlib.util
import os

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

B, T, D, H = 2, 6, 3, 4
rng = np.random.default_rng(0)
x = rng.normal(size=(B, T, D))
W = rng.normal(size=(D, H)) / np.sqrt(D)
U = rng.normal(size=(H, H)) / np.sqrt(H)
b = np.zeros(H)


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


# %% [markdown]
# ## Forward
#
# The loss is half the squared norm of the last state, so that its gradient by
# that state is the state itself.


# %%
def forward(x, w, u, b):
    states = [np.zeros((len(x), len(u)))]
    for t in range(x.shape[1]):
        states.append(np.tanh(x[:, t] @ w + states[-1] @ u + b))
    return states  # T + 1 times (B, H)


def loss_of(x, w, u, b):
    return 0.5 * (forward(x, w, u, b)[-1] ** 2).sum()


# %% [markdown]
# ## Backward
#
# From the last step to the first. `d_h` is the gradient by the state, `d_a` the
# gradient by what the tanh reads. Each step adds its part to the weights.


# %%
def backward(x, w, u, states):
    d_w, d_u, d_b = np.zeros(w.shape), np.zeros(u.shape), np.zeros(len(u))
    d_h, norms = states[-1], []
    for t in reversed(range(x.shape[1])):
        norms.append(np.linalg.norm(d_h))
        d_a = d_h * (1 - states[t + 1] ** 2)  # (B, H)
        d_w += x[:, t].T @ d_a
        d_u += states[t].T @ d_a
        d_b += d_a.sum(axis=0)
        d_h = d_a @ u.T  # to the state before
    return (d_w, d_u, d_b), norms


by_hand, norms = backward(x, W, U, forward(x, W, U, b))

# %% [markdown]
# ## Does it hold?
#
# A central difference of the loss has an error of the order of the square of
# the step.

# %%
step = 1e-5
differences = np.zeros(U.shape)
for place in np.ndindex(*U.shape):
    moved = np.zeros(U.shape)
    moved[place] = step
    up, down = loss_of(x, W, U + moved, b), loss_of(x, W, U - moved, b)
    differences[place] = (up - down) / (2 * step)
print("largest deviation", np.abs(differences - by_hand[1]).max())
assert np.allclose(differences, by_hand[1], atol=1e-8)

# %% [markdown]
# ## PyTorch
#
# `nn.RNN` has its weights transposed, and so are their gradients.

# %%
if installed("torch"):
    import torch
    from torch import nn

    layer = nn.RNN(D, H, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.from_numpy(W.T))
        layer.weight_hh_l0.copy_(torch.from_numpy(U.T))
        layer.bias_ih_l0.zero_()
        layer.bias_hh_l0.zero_()
    outputs, h = layer(torch.from_numpy(x))
    (0.5 * (h**2).sum()).backward()
    assert np.allclose(layer.weight_hh_l0.grad.numpy().T, by_hand[1])
    assert np.allclose(layer.weight_ih_l0.grad.numpy().T, by_hand[0])
    print("PyTorch agrees")

# %% [markdown]
# ## Keras
#
# SGD with a learning rate of 1 changes each weight by its negative gradient.
# The loss of Keras is a mean over the batch: times B it is the sum.

# %%
if installed("keras", "tensorflow"):
    import keras

    layer = keras.layers.SimpleRNN(H, dtype="float64")
    model = keras.Sequential([keras.Input((T, D), dtype="float64"), layer])
    layer.set_weights([W, U, b])
    model.compile(
        keras.optimizers.SGD(1.0),
        loss=lambda y, h: 0.5 * keras.ops.sum(h**2, axis=-1),
    )
    model.train_on_batch(x, np.zeros((B, H)))
    gradient = (U - layer.get_weights()[1]) * B
    print("Keras", np.abs(gradient - by_hand[1]).max())
    assert np.allclose(gradient, by_hand[1], atol=1e-6)

# %% [markdown]
# ## JAX
#
# The gradient is a function, made of the loss. JAX computes in float32 unless
# it is configured otherwise.

# %%
if installed("jax"):
    import jax
    import jax.numpy as jnp

    def jax_loss(u):
        def step(h, x):
            return jnp.tanh(x @ W + h @ u + b), None

        h, _ = jax.lax.scan(step, jnp.zeros((B, H)), x.swapaxes(0, 1))
        return 0.5 * (h**2).sum()

    gradient = np.asarray(jax.grad(jax_loss)(jnp.asarray(U)))
    print("JAX", np.abs(gradient - by_hand[1]).max())
    assert np.allclose(gradient, by_hand[1], atol=1e-5)

# %% [markdown]
# ## The radius decides
#
# An orthogonal matrix times a radius, 50 steps, small inputs. The norm of the
# gradient is printed at distances 0, 10, ..., 40.

# %%
size, steps = 32, 50
q, _ = np.linalg.qr(rng.normal(size=(size, size)))
inputs = 0.01 * rng.normal(size=(8, steps, D))
V = rng.normal(size=(D, size)) / np.sqrt(D)
left = {}
for radius in (0.5, 0.9, 1.0, 1.1, 1.5):
    states = forward(inputs, V, radius * q, np.zeros(size))
    _, norms = backward(inputs, V, radius * q, states)
    left[radius] = norms[40] / norms[0]
    shown = "  ".join(f"{norms[n] / norms[0]:8.1e}" for n in range(0, 50, 10))
    print(f"radius {radius:3}  {shown}")
assert left[0.5] < 1e-10
assert left[0.5] < left[0.9] < left[1.0] < 1.001

# %% [markdown]
# With radius 0.5 the factor per step is 0.5. With 1.5 it is less than 1.5: the
# states have grown, and tanh' is small.

# %%
print("per step:", {r: round(v ** (1 / 40), 3) for r, v in left.items()})
assert abs(left[0.5] ** (1 / 40) - 0.5) < 0.01
assert left[1.5] ** (1 / 40) < 1.5

# %% [markdown]
# ## With and without clipping
#
# One unit without an input, x' = w σ(x) + b, read after 50 steps (Pascanu,
# Mikolov, and Bengio 2013, section 2.3). Its loss has a cliff.


# %%
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def cliff(w, b):
    x, d_w, d_b = 0.5, 0.0, 0.0
    for _ in range(50):
        s = sigmoid(x)
        slope = w * s * (1 - s)
        d_w, d_b = s + slope * d_w, 1 + slope * d_b
        x = w * s + b
    s = sigmoid(x)
    d_x = 2 * (s - 0.7) * s * (1 - s)
    return (s - 0.7) ** 2, np.array([d_x * d_w, d_x * d_b])


def descend(threshold):
    weights, losses, largest = np.array([5.0, -2.2]), [], 0.0
    for _ in range(100):
        loss, gradient = cliff(*weights)
        norm = np.linalg.norm(gradient)
        factor = min(1.0, threshold / norm)
        weights = weights - 0.3 * factor * gradient
        losses.append(loss)
        largest = max(largest, norm)
    return losses, largest


without, largest = descend(np.inf)
clipped, _ = descend(0.5)
print(f"largest norm {largest:.0f}")
print(f"last loss without clipping {without[-1]:.3f}, with {clipped[-1]:.3f}")
assert largest > 10
assert clipped[-1] < without[0] < without[-1]
