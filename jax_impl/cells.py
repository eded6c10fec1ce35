"""One time step of each cell; what a scan and native layers need of it."""

from functools import partial

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.recurrent_dropout import product

State = tuple[Array, ...]


def rnn_step(
    wx: Array, state: State, w_hh: Array, masks: State = ()
) -> tuple[State, State]:
    """h' = tanh(W x + b + U h): wx (B, H), (h,) -> (h',), no gates."""
    (h,) = state
    h = jnp.tanh(wx + product(h, w_hh, masks))
    return (h,), ()  # (B, H)


def rnn_relu_step(
    wx: Array, state: State, w_hh: Array, masks: State = ()
) -> tuple[State, State]:
    """h' = relu(W x + b + U h): wx (B, H), (h,) -> (h',), no gates."""
    (h,) = state
    h = nnx.relu(wx + product(h, w_hh, masks))
    return (h,), ()  # (B, H)


def gru_step(
    wx: Array, state: State, w_hh: Array, b_hh: Array, masks: State = ()
) -> tuple[State, State]:
    """h' = (1 - z) n + z h: wx (B, 3H), (h,) -> (h',), (r, z, n)."""
    (h,) = state
    wx_r, wx_z, wx_n = jnp.split(wx, 3, axis=-1)  # each (B, H)
    uh = product(h, w_hh, masks) + b_hh  # (B, 3H)
    uh_r, uh_z, uh_n = jnp.split(uh, 3, axis=-1)  # each (B, H)
    r = nnx.sigmoid(wx_r + uh_r)
    z = nnx.sigmoid(wx_z + uh_z)
    n = jnp.tanh(wx_n + r * uh_n)
    h = (1 - z) * n + z * h
    return (h,), (r, z, n)  # each (B, H)


def lstm_step(
    wx: Array, state: State, w_hh: Array, masks: State = ()
) -> tuple[State, State]:
    """c' = f c + i g, h' = o tanh(c'): wx (B, 4H) -> (h', c'), (i, f, g, o)."""
    h, c = state
    gates = wx + product(h, w_hh, masks)  # (B, 4H)
    i, f, g, o = jnp.split(gates, 4, axis=-1)  # each (B, H)
    i, f, o = nnx.sigmoid(i), nnx.sigmoid(f), nnx.sigmoid(o)
    g = jnp.tanh(g)
    c = f * c + i * g
    h = o * jnp.tanh(c)
    return (h, c), (i, f, g, o)  # each (B, H)


def mgu_step(
    wx: Array, state: State, w_hh: Array, masks: State = ()
) -> tuple[State, State]:
    """h' = (1 - f) h + f n: wx (B, 2H), (h,) -> (h',), (f, n)."""
    (h,) = state
    wx_f, wx_n = jnp.split(wx, 2, axis=-1)  # each (B, H)
    u_f, u_n = jnp.split(w_hh, 2, axis=-1)  # each (H, H)
    f = nnx.sigmoid(wx_f + product(h, u_f, masks[:1]))
    n = jnp.tanh(wx_n + product(f * h, u_n, masks[1:]))
    h = (1 - f) * h + f * n
    return (h,), (f, n)  # each (B, H)


def mingru_step(wx: Array, state: State) -> tuple[State, State]:
    """h' = (1 - z) h + z n: wx (B, 2H), (h,) -> (h',), (z, n)."""
    (h,) = state
    wx_z, n = jnp.split(wx, 2, axis=-1)  # each (B, H)
    z = nnx.sigmoid(wx_z)
    h = (1 - z) * h + z * n
    return (h,), (z, n)  # each (B, H)


def minlstm_step(wx: Array, state: State) -> tuple[State, State]:
    """h' = (f h + i g) / (i + f): wx (B, 3H), (h,) -> (h',), (i, f, g)."""
    (h,) = state
    wx_i, wx_f, g = jnp.split(wx, 3, axis=-1)  # each (B, H)
    i, f = nnx.sigmoid(wx_i), nnx.sigmoid(wx_f)
    h = (f * h + i * g) / (i + f)
    return (h,), (i, f, g)  # each (B, H)


STEPS = {
    "rnn": rnn_step,
    "rnn-relu": rnn_relu_step,
    "gru": gru_step,
    "lstm": lstm_step,
    "mgu": mgu_step,
    "mingru": mingru_step,
    "minlstm": minlstm_step,
}


# Where h' = a h + b and neither reads h, a scan computes all steps at once.
def mingru_terms(wx: Array) -> State:
    """a = 1 - z, b = z n: wx (B, T, 2H) -> each (B, T, H)."""
    wx_z, n = jnp.split(wx, 2, axis=-1)
    z = nnx.sigmoid(wx_z)
    return 1 - z, z * n


def minlstm_terms(wx: Array) -> State:
    """a = f / (i + f), b = i g / (i + f): wx (B, T, 3H) -> each (B, T, H)."""
    wx_i, wx_f, g = jnp.split(wx, 3, axis=-1)
    i, f = nnx.sigmoid(wx_i), nnx.sigmoid(wx_f)
    return f / (i + f), i * g / (i + f)


PARALLEL = {"mingru": mingru_terms, "minlstm": minlstm_terms}


# The layers of the framework itself, where it has them.
# SimpleCell alone rounds to float32 unless its dtype is that of its weights.
LAYERS = {
    "rnn": partial(nnx.SimpleCell, activation_fn=nnx.tanh, dtype=None),
    "rnn-relu": partial(nnx.SimpleCell, activation_fn=nnx.relu, dtype=None),
    "gru": nnx.GRUCell,
    "lstm": nnx.OptimizedLSTMCell,
}
