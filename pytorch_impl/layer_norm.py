"""Layer-normalized cells: the same steps with their products normalized."""

import torch
from torch import Tensor
from torch.nn import functional as F

from pytorch_impl.recurrent_dropout import product
from shared.specs import NORM_EPSILON, NORM_SPANS

State = tuple[Tensor, ...]


def layer_norm(x: Tensor, spans: tuple[int, ...] = (1,)) -> Tensor:
    """(x - mean) / √(variance + ε) of each span of gates: as x (..., G·H)."""
    size = x.shape[-1] // sum(spans)
    parts = x.split([gates * size for gates in spans], dim=-1)
    return torch.cat(
        [F.layer_norm(p, p.shape[-1:], eps=NORM_EPSILON) for p in parts], dim=-1
    )


def normalized_rnn_step(
    wx: Tensor, state: State, w_hh: Tensor, gain_hh: Tensor, masks: State = ()
) -> tuple[State, State]:
    """h' = tanh(wx + g LN(U h)): wx (B, H), (h,) -> (h',), no gates."""
    (h,) = state
    uh = layer_norm(product(h, w_hh, masks), NORM_SPANS["rnn"])
    h = torch.tanh(wx + gain_hh * uh)
    return (h,), ()  # (B, H)


def normalized_gru_step(
    wx: Tensor,
    state: State,
    w_hh: Tensor,
    b_hh: Tensor,
    gain_hh: Tensor,
    masks: State = (),
) -> tuple[State, State]:
    """h' = (1 - z) n + z h: wx (B, 3H), (h,) -> (h',), (r, z, n)."""
    (h,) = state
    wx_r, wx_z, wx_n = wx.chunk(3, dim=-1)  # each (B, H)
    uh = layer_norm(product(h, w_hh, masks), NORM_SPANS["gru"])
    uh_r, uh_z, uh_n = (gain_hh * uh + b_hh).chunk(3, dim=-1)  # each (B, H)
    r = torch.sigmoid(wx_r + uh_r)
    z = torch.sigmoid(wx_z + uh_z)
    n = torch.tanh(wx_n + r * uh_n)
    h = (1 - z) * n + z * h
    return (h,), (r, z, n)  # each (B, H)


def normalized_lstm_step(
    wx: Tensor,
    state: State,
    w_hh: Tensor,
    gain_hh: Tensor,
    gain_c: Tensor,
    b_c: Tensor,
    masks: State = (),
) -> tuple[State, State]:
    """c' = f c + i g, h' = o tanh(g_c LN(c') + b_c): wx (B, 4H) -> (h', c')."""
    h, c = state
    uh = layer_norm(product(h, w_hh, masks), NORM_SPANS["lstm"])
    i, f, g, o = (wx + gain_hh * uh).chunk(4, dim=-1)  # each (B, H)
    i, f, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o)
    g = torch.tanh(g)
    c = f * c + i * g
    h = o * torch.tanh(gain_c * layer_norm(c) + b_c)
    return (h, c), (i, f, g, o)  # each (B, H)


NORMALIZED_STEPS = {
    "rnn": normalized_rnn_step,
    "gru": normalized_gru_step,
    "lstm": normalized_lstm_step,
}
