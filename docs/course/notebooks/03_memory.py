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
# # Notebook 3: an LSTM and a GRU, gate by gate
#
# One step of each in NumPy, compared with PyTorch, Keras, and JAX. Then what
# the forget bias does to a memory and to a gradient, and a delay line made of
# an orthogonal matrix. Frameworks that are not installed are left out.

# %%
import importlib.util
import os

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

B, T, D, H = 2, 5, 3, 4
rng = np.random.default_rng(0)
x = rng.normal(size=(B, T, D)).astype("float32")


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# %% [markdown]
# ## The LSTM
#
# The four products with the input are one, of (D, 4H), and so are those with
# the state. The gates are in the order i, f, g, o.

# %%
W = rng.normal(size=(D, 4 * H)).astype("float32") / np.sqrt(D)
U = rng.normal(size=(H, 4 * H)).astype("float32") / np.sqrt(H)
b = np.zeros(4 * H, "float32")
b[H : 2 * H] = 1.0  # the forget bias


def lstm_step(x, h, c):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=-1)  # each (B, H)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


h, c = np.zeros((B, H)), np.zeros((B, H))
for t in range(T):
    h, c = lstm_step(x[:, t], h, c)
lstm = {"NumPy": h}
print("h", h.shape, "c", c.shape)

# %% [markdown]
# PyTorch has the same order and a second bias. Keras has the same order. So has
# Flax, which keeps the bias with the recurrent weights and carries (c, h).

# %%
if installed("torch"):
    import torch
    from torch import nn

    layer = nn.LSTM(D, H, batch_first=True)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.from_numpy(W.T))
        layer.weight_hh_l0.copy_(torch.from_numpy(U.T))
        layer.bias_ih_l0.copy_(torch.from_numpy(b))
        layer.bias_hh_l0.zero_()
        _, (h, c) = layer(torch.from_numpy(x))
    lstm["PyTorch"] = h[0].numpy()

if installed("keras", "tensorflow"):
    import keras

    layer = keras.layers.LSTM(H)
    layer.build(x.shape)
    layer.set_weights([W, U, b])
    lstm["Keras"] = keras.ops.convert_to_numpy(layer(x))

if installed("jax", "flax"):
    import jax.numpy as jnp
    from flax import nnx

    cell = nnx.OptimizedLSTMCell(D, H, rngs=nnx.Rngs(0))
    cell.dense_i.kernel[...] = jnp.asarray(W)
    cell.dense_h.kernel[...] = jnp.asarray(U)
    cell.dense_h.bias[...] = jnp.asarray(b)
    layer = nnx.RNN(cell, return_carry=True)
    (c, h), _ = layer(jnp.asarray(x))
    lstm["JAX"] = np.asarray(h)

for name, state in lstm.items():
    deviation = np.abs(state - lstm["NumPy"]).max()
    print(f"{name:8} {deviation:.1e}")
    assert deviation < 1e-5, name

# %% [markdown]
# ## The GRU
#
# The gates are r, z, n, and the second bias of n is inside the reset gate. With
# all biases zero the three frameworks compute one function. Keras stores its
# gates in the order z, r, n.

# %%
W3, U3 = W[:, : 3 * H], U[:, : 3 * H]


def gru_step(x, h):
    w_r, w_z, w_n = np.split(x @ W3, 3, axis=-1)  # each (B, H)
    u_r, u_z, u_n = np.split(h @ U3, 3, axis=-1)
    r, z = sigmoid(w_r + u_r), sigmoid(w_z + u_z)
    n = np.tanh(w_n + r * u_n)
    return (1 - z) * n + z * h


h = np.zeros((B, H))
for t in range(T):
    h = gru_step(x[:, t], h)
gru = {"NumPy": h}

if installed("torch"):
    layer = nn.GRU(D, H, batch_first=True, bias=False)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.from_numpy(W3.T))
        layer.weight_hh_l0.copy_(torch.from_numpy(U3.T))
        _, h = layer(torch.from_numpy(x))
    gru["PyTorch"] = h[0].numpy()

if installed("keras", "tensorflow"):
    layer = keras.layers.GRU(H)
    layer.build(x.shape)
    zrn = [n for gate in (1, 0, 2) for n in range(gate * H, (gate + 1) * H)]
    layer.set_weights([W3[:, zrn], U3[:, zrn], np.zeros((2, 3 * H))])
    gru["Keras"] = keras.ops.convert_to_numpy(layer(x))

for name, state in gru.items():
    deviation = np.abs(state - gru["NumPy"]).max()
    print(f"{name:8} {deviation:.1e}")
    assert deviation < 1e-5, name

# %% [markdown]
# ## The forget bias
#
# A cell state of 1, no input, and gates that stay at σ(b): what is left of it
# after 50 steps, and after how many it is one half.

# %%
for bias in (0.0, 1.0, 3.0, 5.0):
    gate = sigmoid(bias)
    half = np.log(0.5) / np.log(gate)
    print(f"b {bias:.0f}  f {gate:.3f}  half {half:6.1f}  50: {gate**50:.1e}")
assert np.log(0.5) / np.log(sigmoid(0.0)) == 1.0

# %% [markdown]
# The same in a whole layer with random weights: the gradient of the last cell
# state by the first one, by a finite difference.


# %%
def reach(bias, steps=50):
    biased = b.copy()
    biased[H : 2 * H] = bias
    inputs = 0.1 * rng.normal(size=(1, steps, D))

    def last(first):
        h, c = np.zeros((1, H)), np.full((1, H), first)
        for t in range(steps):
            gates = inputs[:, t] @ W + h @ (0.1 * U) + biased
            i, f, g, o = np.split(gates, 4, axis=-1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
        return c

    return np.abs(last(0.5 + 1e-4) - last(0.5 - 1e-4)).max() / 2e-4


reached = {bias: reach(bias) for bias in (0.0, 1.0, 3.0)}
print(reached)
assert reached[0.0] < reached[1.0] < reached[3.0]

# %% [markdown]
# ## A shift register
#
# The echo task at lag 4 asks for a delay line: each symbol moves on by one
# place at each step. As a matrix that is a permutation, which is orthogonal: no
# gradient vanishes along it.

# %%
lag, symbols = 4, 3
size = lag * symbols
shift = np.zeros((size, size))
shift[:-symbols, symbols:] = np.eye(size - symbols)
write = np.zeros((symbols, size))
write[:, :symbols] = np.eye(symbols)
sequence = rng.integers(0, symbols, size=30)
state, echoes = np.zeros(size), []
for symbol in sequence:
    echoes.append(int(state[-symbols:].argmax()))  # what is about to leave
    state = np.eye(symbols)[symbol] @ write + state @ shift
assert echoes[lag:] == sequence[:-lag].tolist()
print("repeats the symbol of", lag, "steps before")

# %% [markdown]
# The shift loses what leaves it; closed to a ring it is orthogonal.

# %%
ring = shift.copy()
ring[-symbols:, :symbols] = np.eye(symbols)
assert np.allclose(ring @ ring.T, np.eye(size))
print("spectral radius", np.abs(np.linalg.eigvals(ring)).max().round(6))

# %% [markdown]
# ## Train it
#
# The echo task in miniature: `compare.py --task echo --lag 2`.

# %%
import tempfile  # noqa: E402

import comparisons  # noqa: E402

framework = "pytorch" if installed("torch") else "jax"
found = comparisons.compare(
    "echo",
    framework,
    "rnn",
    seeds=1,
    lag=2,
    epochs=2,
    hidden_size=32,
    train_sequences=1280,
    out=tempfile.mkdtemp(),
    report=False,
    quiet=True,
)
accuracy = float(found.table()["metric_mean"].iloc[0])
print(f"accuracy {accuracy:.2f}, chance 0.12")
assert accuracy > 0.5
