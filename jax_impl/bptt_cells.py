"""The steps of backpropagation through time by hand, and their gradients.

Forward, each step also keeps the derivatives that the chain rule needs of it,
where ∂σ = σ (1 - σ) and ∂tanh = 1 - tanh²; backward, the gradient of the state
is multiplied by them.
"""

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.cells import State


def rnn_forward(wx: Array, state: State, w_hh: Array) -> tuple[State, State]:
    """h' = tanh(a), and ∂h'/∂a: wx (B, H), (h,) -> (h',)."""
    (h,) = state
    h = jnp.tanh(wx + h @ w_hh)
    return (h,), (1 - h**2,)


def rnn_relu_forward(
    wx: Array, state: State, w_hh: Array
) -> tuple[State, State]:
    """h' = relu(a), and ∂h'/∂a: wx (B, H), (h,) -> (h',)."""
    (h,) = state
    h = nnx.relu(wx + h @ w_hh)
    return (h,), ((h > 0).astype(h.dtype),)


def gru_forward(
    wx: Array, state: State, w_hh: Array, b_hh: Array
) -> tuple[State, State]:
    """h' = (1 - z) n + z h, and ∂h'/∂a of r, z, n: wx (B, 3H)."""
    (h,) = state
    wx_r, wx_z, wx_n = jnp.split(wx, 3, axis=-1)  # each (B, H)
    uh_r, uh_z, uh_n = jnp.split(h @ w_hh + b_hh, 3, axis=-1)
    r, z = nnx.sigmoid(wx_r + uh_r), nnx.sigmoid(wx_z + uh_z)
    n = jnp.tanh(wx_n + r * uh_n)
    d_n = (1 - z) * (1 - n**2)
    d_r = d_n * uh_n * r * (1 - r)
    d_z = (h - n) * z * (1 - z)
    return ((1 - z) * n + z * h,), (d_r, d_z, d_n, r, z)


def lstm_forward(wx: Array, state: State, w_hh: Array) -> tuple[State, State]:
    """c' = f c + i g, h' = o tanh(c'), ∂c'/∂a of i, f, g, ∂h'/∂a of o."""
    h, c = state
    i, f, g, o = jnp.split(wx + h @ w_hh, 4, axis=-1)  # each (B, H)
    i, f, o = nnx.sigmoid(i), nnx.sigmoid(f), nnx.sigmoid(o)
    g = jnp.tanh(g)
    new_c = f * c + i * g
    tanh_c = jnp.tanh(new_c)
    d_c = o * (1 - tanh_c**2)
    d_i, d_f = g * i * (1 - i), c * f * (1 - f)
    d_g, d_o = i * (1 - g**2), tanh_c * o * (1 - o)
    return (o * tanh_c, new_c), (d_c, d_i, d_f, d_g, d_o, f)


def rnn_backward(
    d_state: State, factors: State, w_hh: Array
) -> tuple[State, State]:
    """∂loss/∂ of the state before, and of W x + b + U h."""
    (dh,), (d_a,) = d_state, factors
    da = dh * d_a  # (B, H)
    return (da @ w_hh.T,), (da,)


def gru_backward(
    d_state: State, factors: State, w_hh: Array
) -> tuple[State, State]:
    """∂loss/∂ of the state before, of W x + b and of U h + b."""
    (dh,), (d_r, d_z, d_n, r, z) = d_state, factors
    dr, dz, dn = dh * d_r, dh * d_z, dh * d_n
    d_wx = jnp.concatenate((dr, dz, dn), axis=-1)  # (B, 3H)
    d_uh = jnp.concatenate((dr, dz, dn * r), axis=-1)
    return (d_uh @ w_hh.T + dh * z,), (d_wx, d_uh)


def lstm_backward(
    d_state: State, factors: State, w_hh: Array
) -> tuple[State, State]:
    """∂loss/∂ of the state before, and of W x + b + U h."""
    (dh, dc), (d_c, d_i, d_f, d_g, d_o, f) = d_state, factors
    dc = dc + dh * d_c
    gates = (dc * d_i, dc * d_f, dc * d_g, dh * d_o)
    da = jnp.concatenate(gates, axis=-1)  # (B, 4H)
    return (da @ w_hh.T, dc * f), (da,)


FORWARD = {
    "rnn": rnn_forward,
    "rnn-relu": rnn_relu_forward,
    "gru": gru_forward,
    "lstm": lstm_forward,
}
BACKWARD = {
    "rnn": rnn_backward,
    "rnn-relu": rnn_backward,
    "gru": gru_backward,
    "lstm": lstm_backward,
}
