"""Backpropagation through time by hand: `--impl bptt`.

The forward pass keeps the gates and states of each step. From these the
factors of the backward pass follow for all steps at once; a loop backward over
time (Werbos 1990) multiplies the gradient of the state by them, and the
gradient of the recurrent weights is one product over all steps.
"""

from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import once_differentiable

from pytorch_impl.cells import STEPS, State
from pytorch_impl.scratch import (
    ScratchLayer,
    ScratchRecurrent,
    freeze,
    sequence_mask,
)
from shared.specs import STATE_NAMES, step_weights


def gru_kept_step(
    wx: Tensor, state: State, w_hh: Tensor, b_hh: Tensor
) -> tuple[State, State]:
    """The step of a GRU that keeps r, z, n and U_n h + b_n, each (B, H)."""
    (h,) = state
    wx_rz, wx_n = wx.tensor_split((2 * h.shape[1],), dim=-1)
    uh = torch.addmm(b_hh, h, w_hh)  # (B, 3H)
    uh_rz, uh_n = uh.tensor_split((2 * h.shape[1],), dim=-1)
    r, z = (wx_rz + uh_rz).sigmoid_().chunk(2, dim=-1)
    n = torch.addcmul(wx_n, r, uh_n).tanh_()
    return (torch.lerp(n, h, z),), (r, z, n, uh_n)


# What the gradient of the state is multiplied by, of all steps at once: the
# derivatives of h' = tanh(a), of σ(a) and tanh(a) are 1 - h'², σ (1 - σ) and
# 1 - tanh². Each is (T, B, H), and so are the states before and after a step.
def rnn_factors(before: State, after: State, kept: State) -> State:
    """∂h'/∂a = 1 - h'²."""
    (h,) = after
    return (1 - h**2,)


def rnn_relu_factors(before: State, after: State, kept: State) -> State:
    """∂h'/∂a = 1 where h' > 0, else 0."""
    (h,) = after
    return ((h > 0).to(h.dtype),)


def gru_factors(before: State, after: State, kept: State) -> State:
    """∂h'/∂a of r, z, n, and ∂h'/∂(U_n h), then z: a gate carries h."""
    (h,), (r, z, n, uh_n) = before, kept
    to_n = (1 - z) * (1 - n**2)
    to_r = to_n * uh_n * r * (1 - r)
    to_z = (h - n) * z * (1 - z)
    return to_r, to_z, to_n, to_n * r, z


def lstm_factors(before: State, after: State, kept: State) -> State:
    """∂h'/∂c', then ∂c'/∂a of i, f, g and ∂h'/∂a of o, then f."""
    (_, c_before), (_, c), (i, f, g, o) = before, after, kept
    tanh_c = torch.tanh(c)
    to_c = o * (1 - tanh_c**2)
    to_i, to_f = g * i * (1 - i), c_before * f * (1 - f)
    to_g, to_o = i * (1 - g**2), tanh_c * o * (1 - o)
    return to_c, to_i, to_f, to_g, to_o, f


def rnn_backward(
    d_state: State, factors: State, w_hh: Tensor
) -> tuple[State, Tensor, Tensor]:
    """∂loss/∂ of the state before, of W x + b and of U h."""
    (dh,), (to_a,) = d_state, factors
    da = dh * to_a  # (B, H)
    return (da @ w_hh.T,), da, da


def gru_backward(
    d_state: State, factors: State, w_hh: Tensor
) -> tuple[State, Tensor, Tensor]:
    """∂loss/∂ of the state before, of W x + b and of U h + b."""
    (dh,), (to_r, to_z, to_n, to_uh_n, z) = d_state, factors
    dr, dz = dh * to_r, dh * to_z
    d_wx = torch.cat((dr, dz, dh * to_n), dim=-1)  # (B, 3H)
    d_uh = torch.cat((dr, dz, dh * to_uh_n), dim=-1)
    return (torch.addmm(dh * z, d_uh, w_hh.T),), d_wx, d_uh


def lstm_backward(
    d_state: State, factors: State, w_hh: Tensor
) -> tuple[State, Tensor, Tensor]:
    """∂loss/∂ of the state before, of W x + b and of U h."""
    (dh, dc), (to_c, to_i, to_f, to_g, to_o, f) = d_state, factors
    dc = torch.addcmul(dc, dh, to_c)
    gates = (dc * to_i, dc * to_f, dc * to_g, dh * to_o)
    da = torch.cat(gates, dim=-1)  # (B, 4H)
    return (da @ w_hh.T, dc * f), da, da


KEPT_STEPS = {**STEPS, "gru": gru_kept_step}
FACTORS = {
    "rnn": rnn_factors,
    "rnn-relu": rnn_relu_factors,
    "gru": gru_factors,
    "lstm": lstm_factors,
}
BACKWARD = {
    "rnn": rnn_backward,
    "rnn-relu": rnn_backward,
    "gru": gru_backward,
    "lstm": lstm_backward,
}


class Unroll(Function):
    """All steps of a cell, with a backward pass of its own."""

    @staticmethod
    def forward(
        ctx: Any,
        cell: str,
        reverse: bool,
        inside: Tensor | None,
        wx: Tensor,
        *tensors: Tensor,
    ) -> tuple[Tensor, ...]:
        """Outputs (T, B, H) and the last state: wx (T, B, G·H).

        inside: (T, B), or None; tensors: the first state, each (B, H), and the
        weights that a step applies to it.
        """
        count = len(STATE_NAMES[cell])
        state, recurrent = tensors[:count], tensors[count:]
        before, after, kept = [], [], []
        times = range(len(wx))
        for t in reversed(times) if reverse else times:
            new, gates = KEPT_STEPS[cell](wx[t], state, *recurrent)
            before.append(state)
            state = new if inside is None else freeze(inside[t], new, state)
            after.append(state)
            kept.append(gates)
        ctx.cell, ctx.reverse, ctx.inside = cell, reverse, inside
        ctx.recurrent = recurrent
        order = slice(None, None, -1 if reverse else 1)
        ctx.steps = [
            tuple(torch.stack(part[order]) for part in zip(*steps))
            for steps in (before, after, kept)
        ]
        return ctx.steps[1][0], *state

    @staticmethod
    @once_differentiable
    def backward(
        ctx: Any, d_outputs: Tensor, *d_last: Tensor
    ) -> tuple[Tensor | None, ...]:
        """∂loss/∂ of wx, of the first state and of the recurrent weights."""
        before = ctx.steps[0]
        factors = FACTORS[ctx.cell](*ctx.steps)
        w_hh, *biases = ctx.recurrent
        d_state, inside = d_last, ctx.inside
        d_wx, d_uh = [None] * len(d_outputs), [None] * len(d_outputs)
        times = range(len(d_outputs))
        for t in times if ctx.reverse else reversed(times):
            d_state = (d_state[0] + d_outputs[t], *d_state[1:])
            d_new, old = d_state, None
            if inside is not None:
                # Past its end, the state of a sequence is the one before.
                zeros = tuple(map(torch.zeros_like, d_state))
                d_new = freeze(inside[t], d_state, zeros)
                old = freeze(inside[t], zeros, d_state)
            now = tuple(factor[t] for factor in factors)
            d_state, d_wx[t], d_uh[t] = BACKWARD[ctx.cell](d_new, now, w_hh)
            if old is not None:
                d_state = tuple(map(torch.add, d_state, old))
        d_uh = torch.stack(d_uh)  # (T, B, G·H)
        d_w_hh = before[0].flatten(0, 1).T @ d_uh.flatten(0, 1)
        d_biases = (d_uh.sum((0, 1)) for _ in biases)
        return None, None, None, torch.stack(d_wx), *d_state, d_w_hh, *d_biases


class BpttLayer(ScratchLayer):
    """One layer in one direction: (B, T, D) -> (B, T, H), state."""

    def forward(
        self,
        x: Tensor,
        lengths: Tensor | None = None,
        state: State | None = None,
    ) -> tuple[Tensor, State]:
        """Outputs (B, T, H) and the state after the last step."""
        first = state or self.initial_state(len(x))
        inside = sequence_mask(x, lengths)
        wx = self.project(x.transpose(0, 1))  # (T, B, G·H)
        outputs, *last = Unroll.apply(
            *(self.cell, self.reverse),
            inside if inside is None else inside.T,
            *(wx, *first, *self.recurrent()),
        )
        return outputs.transpose(0, 1), tuple(last)

    def recurrent(self) -> State:
        """The weights that a step applies to the state."""
        return tuple(getattr(self, name) for name in step_weights(self.cell))


class BpttRecurrent(ScratchRecurrent):
    """Stacked layers: (B, T, D) -> (B, T, H'), state."""

    layer = BpttLayer
