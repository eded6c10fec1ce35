"""Layer-normalized cells: the same steps with their products normalized."""

from itertools import accumulate

import jax
import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.recurrent_dropout import product
from shared.specs import NORM_EPSILON, NORM_SPANS

State = tuple[Array, ...]


def layer_norm(x: Array, spans: tuple[int, ...] = (1,)) -> Array:
    """(x - mean) / √(variance + ε) of each span of gates: as x (..., G·H)."""
    size = x.shape[-1] // sum(spans)
    ends = [gates * size for gates in accumulate(spans[:-1])]
    parts = jnp.split(x, ends, axis=-1)
    # By default standardize subtracts two large numbers for the variance.
    return jnp.concatenate(
        [
            jax.nn.standardize(
                part,
                variance=part.var(axis=-1, keepdims=True),
                epsilon=NORM_EPSILON,
            )
            for part in parts
        ],
        axis=-1,
    )


def normalized_rnn_step(
    wx: Array, state: State, w_hh: Array, gain_hh: Array, masks: State = ()
) -> tuple[State, State]:
    """h' = tanh(wx + g LN(U h)): wx (B, H), (h,) -> (h',), no gates."""
    (h,) = state
    uh = layer_norm(product(h, w_hh, masks), NORM_SPANS["rnn"])
    h = jnp.tanh(wx + gain_hh * uh)
    return (h,), ()  # (B, H)


def normalized_gru_step(
    wx: Array,
    state: State,
    w_hh: Array,
    b_hh: Array,
    gain_hh: Array,
    masks: State = (),
) -> tuple[State, State]:
    """h' = (1 - z) n + z h: wx (B, 3H), (h,) -> (h',), (r, z, n)."""
    (h,) = state
    wx_r, wx_z, wx_n = jnp.split(wx, 3, axis=-1)  # each (B, H)
    uh = layer_norm(product(h, w_hh, masks), NORM_SPANS["gru"])
    uh_r, uh_z, uh_n = jnp.split(gain_hh * uh + b_hh, 3, axis=-1)
    r = nnx.sigmoid(wx_r + uh_r)
    z = nnx.sigmoid(wx_z + uh_z)
    n = jnp.tanh(wx_n + r * uh_n)
    h = (1 - z) * n + z * h
    return (h,), (r, z, n)  # each (B, H)


def normalized_lstm_step(
    wx: Array,
    state: State,
    w_hh: Array,
    gain_hh: Array,
    gain_c: Array,
    b_c: Array,
    masks: State = (),
) -> tuple[State, State]:
    """c' = f c + i g, h' = o tanh(g_c LN(c') + b_c): wx (B, 4H) -> (h', c')."""
    h, c = state
    uh = layer_norm(product(h, w_hh, masks), NORM_SPANS["lstm"])
    i, f, g, o = jnp.split(wx + gain_hh * uh, 4, axis=-1)
    i, f, o = nnx.sigmoid(i), nnx.sigmoid(f), nnx.sigmoid(o)
    g = jnp.tanh(g)
    c = f * c + i * g
    h = o * jnp.tanh(gain_c * layer_norm(c) + b_c)
    return (h, c), (i, f, g, o)  # each (B, H)


NORMALIZED_STEPS = {
    "rnn": normalized_rnn_step,
    "gru": normalized_gru_step,
    "lstm": normalized_lstm_step,
}
