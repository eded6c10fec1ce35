"""Layer-normalized cells: the same steps with their products normalized."""

from itertools import accumulate, pairwise
from typing import Any

from keras import ops

from keras_impl.recurrent_dropout import product
from shared.specs import NORM_EPSILON, NORM_SPANS

State = tuple[Any, ...]


def layer_norm(x, spans: tuple[int, ...] = (1,)):
    """(x - mean) / √(variance + ε) of each span of gates: as x (..., G·H)."""
    size = x.shape[-1] // sum(spans)
    ends = [gates * size for gates in accumulate(spans, initial=0)]
    parts = [x[..., start:end] for start, end in pairwise(ends)]
    return ops.concatenate(
        [ops.layer_normalization(p, epsilon=NORM_EPSILON) for p in parts],
        axis=-1,
    )


def normalized_rnn_step(
    wx, state: State, w_hh, gain_hh, masks: State = ()
) -> tuple[State, State]:
    """h' = tanh(wx + g LN(U h)): wx (B, H), (h,) -> (h',), no gates."""
    (h,) = state
    uh = layer_norm(product(h, w_hh, masks), NORM_SPANS["rnn"])
    h = ops.tanh(wx + gain_hh * uh)
    return (h,), ()  # (B, H)


def normalized_gru_step(
    wx, state: State, w_hh, b_hh, gain_hh, masks: State = ()
) -> tuple[State, State]:
    """h' = (1 - z) n + z h: wx (B, 3H), (h,) -> (h',), (r, z, n)."""
    (h,) = state
    wx_r, wx_z, wx_n = ops.split(wx, 3, axis=-1)  # each (B, H)
    uh = layer_norm(product(h, w_hh, masks), NORM_SPANS["gru"])
    uh_r, uh_z, uh_n = ops.split(gain_hh * uh + b_hh, 3, axis=-1)
    r = ops.sigmoid(wx_r + uh_r)
    z = ops.sigmoid(wx_z + uh_z)
    n = ops.tanh(wx_n + r * uh_n)
    h = (1 - z) * n + z * h
    return (h,), (r, z, n)  # each (B, H)


def normalized_lstm_step(
    wx, state: State, w_hh, gain_hh, gain_c, b_c, masks: State = ()
) -> tuple[State, State]:
    """c' = f c + i g, h' = o tanh(g_c LN(c') + b_c): wx (B, 4H) -> (h', c')."""
    h, c = state
    uh = layer_norm(product(h, w_hh, masks), NORM_SPANS["lstm"])
    i, f, g, o = ops.split(wx + gain_hh * uh, 4, axis=-1)  # each (B, H)
    i, f, o = ops.sigmoid(i), ops.sigmoid(f), ops.sigmoid(o)
    g = ops.tanh(g)
    c = f * c + i * g
    h = o * ops.tanh(gain_c * layer_norm(c) + b_c)
    return (h, c), (i, f, g, o)  # each (B, H)


NORMALIZED_STEPS = {
    "rnn": normalized_rnn_step,
    "gru": normalized_gru_step,
    "lstm": normalized_lstm_step,
}
