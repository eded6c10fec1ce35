"""Backpropagation through time by hand: `--impl bptt`.

A loop backward over time (Werbos 1990) calls the gradient of each step, and the
gradient of a weight is one product over all steps.
"""

from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import once_differentiable
from torch.nn.utils.rnn import (
    PackedSequence,
    pack_padded_sequence,
    pad_packed_sequence,
)

from pytorch_impl.bptt_cells import BACKWARD, FORWARD, matmul
from pytorch_impl.cells import State
from pytorch_impl.scratch import ScratchLayer, ScratchRecurrent
from shared.specs import STATE_NAMES, WEIGHT_NAMES


def unroll_forward(
    cell: str,
    reverse: bool,
    x: Tensor,
    first: State,
    weights: State,
    sizes: list[int],
) -> tuple[tuple[Tensor, State], tuple]:
    """All outputs and the last state; what the way back needs."""
    w_ih, w_hh, b_ih, *b_hh = weights
    a = matmul(x, w_ih, b_ih)  # (N, G·H)
    wx, steps, ended = a.split(sizes), range(len(sizes)), []
    outputs, before, kept = ([()] * len(sizes) for _ in range(3))
    state = tuple(part[:0] for part in first)
    for t in reversed(steps) if reverse else steps:
        state = Unroll.resize(state, sizes[t], first, ended)
        before[t] = state[0]
        state, kept[t] = FORWARD[cell](wx[t], state, w_hh, *b_hh)
        outputs[t] = state[0]
    last = tuple(map(torch.cat, zip(state, *reversed(ended))))
    saved = x, first, weights, sizes, before, a, kept
    return (torch.cat(outputs), last), saved


def unroll_backward(
    cell: str,
    reverse: bool,
    saved: tuple,
    gradients: tuple[Tensor, State],
) -> tuple:
    """∂loss/∂ of x, of the first state and of the weights."""
    x, _, (w_ih, w_hh, *biases), sizes, before, a, kept = saved
    (d_outputs, d_last), step = gradients, BACKWARD[cell]
    d_outputs, steps, ended = d_outputs.split(sizes), range(len(sizes)), []
    d_wx, d_uh = a, a if len(biases) == 1 else torch.empty_like(a)
    wx, uh = d_wx.split(sizes), d_uh.split(sizes)
    d_state = tuple(part[:0] for part in d_last)
    for t in steps if reverse else reversed(steps):
        d_state = Unroll.resize(d_state, sizes[t], d_last, ended)
        d_state = (d_state[0] + d_outputs[t], *d_state[1:])
        d_state = step(d_state, wx[t], kept[t], w_hh, uh[t])
    d_first = tuple(map(torch.cat, zip(d_state, *reversed(ended))))
    d_w_ih = weight_gradient(x, d_wx)
    d_w_hh = weight_gradient(torch.cat(before), d_uh)
    d_biases = (d.sum(0) for d, _ in zip((d_wx, d_uh), biases))
    d_x = matmul(d_wx, w_ih.T) if x.requires_grad else None
    return d_x, d_first, (d_w_ih, d_w_hh, *d_biases)


def weight_gradient(inputs: Tensor, d_products: Tensor) -> Tensor:
    """Σ xᵀ d over all steps in one product."""
    return matmul(inputs.T, d_products)  # (D, N), (N, G·H) -> (D, G·H)


# PyTorch calls both passes, and with tensors one by one.
class Unroll(Function):
    """`unroll` with the gradient of `unroll_backward`."""

    @staticmethod
    def resize(state: State, rows: int, others: State, ended: list) -> State:
        """The state of the first rows: others join, or theirs has ended."""
        before = len(state[0])
        if rows < before:
            ended.append(tuple(part[rows:] for part in state))
            return tuple(part[:rows] for part in state)
        if rows == before:
            return state
        joined = zip(state, (part[before:rows] for part in others))
        return tuple(map(torch.cat, joined))

    @staticmethod
    def forward(
        ctx: Any,
        cell: str,
        reverse: bool,
        sizes: list[int],
        x: Tensor,
        *tensors: Tensor,
    ) -> tuple[Tensor, ...]:
        """Outputs and the last state; tensors: the first state, weights."""
        count = len(STATE_NAMES[cell])
        first, weights = tensors[:count], tensors[count:]
        (outputs, last), saved = unroll_forward(
            cell, reverse, x, first, weights, sizes
        )
        ctx.save_for_backward(x, *tensors)
        ctx.options, ctx.kept = (cell, reverse), (count, *saved[3:])
        return outputs, *last

    @staticmethod
    @once_differentiable
    def backward(
        ctx: Any, d_outputs: Tensor, *d_last: Tensor
    ) -> tuple[Tensor | None, ...]:
        """The gradients of the arguments of `forward`."""
        x, *tensors = ctx.saved_tensors
        if ctx.kept is None:
            raise RuntimeError(
                "a second backward pass: the first one overwrites what it reads"
            )
        (count, *kept), ctx.kept = ctx.kept, None
        saved = x, tensors[:count], tensors[count:], *kept
        d_x, d_first, d_weights = unroll_backward(
            *ctx.options, saved, (d_outputs, d_last)
        )
        return None, None, None, d_x, *d_first, *d_weights


def unroll(
    cell: str,
    reverse: bool,
    x: Tensor,  # (N, D), the rows of all steps
    first: State,
    weights: State,
    sizes: list[int],  # the rows of each step, T numbers
) -> tuple[Tensor, State]:
    """All outputs and the last state, with the gradient by hand."""
    outputs, *last = Unroll.apply(cell, reverse, sizes, x, *first, *weights)
    return outputs, tuple(last)


class BpttLayer(ScratchLayer):
    """One layer in one direction, with the gradient by hand."""

    def forward(
        self, x: Tensor, packing: tuple, state: State
    ) -> tuple[Tensor, State]:
        """All outputs and the state after the last step."""
        sizes, order, back = packing
        outputs, last = unroll(
            *(self.cell, self.reverse, x),
            tuple(part[order] for part in state),  # each (B, H)
            tuple(getattr(self, name) for name in WEIGHT_NAMES[self.cell]),
            sizes,
        )
        # (N, H) of the rows (N, D), each (B, H)
        return outputs, tuple(part[back] for part in last)


class BpttRecurrent(ScratchRecurrent):
    """Stacked layers: (B, T, D) -> (B, T, H'), state."""

    layer = BpttLayer

    # Its layers read the rows of all steps in one tensor, those of the longest
    # sequences first: PyTorch computes nothing for padding.
    def forward(
        self,
        x: Tensor,
        lengths: Tensor | None = None,
        state: list[list[State]] | None = None,
    ) -> tuple[Tensor, list[list[State]]]:
        """Outputs (B, T, H') and the state after the last step."""
        batch, steps, _ = x.shape
        state = state or self.initial_state(batch)
        if lengths is None:
            rows = x.transpose(0, 1).flatten(0, 1)  # (T·B, D)
            packing = [batch] * steps, slice(None), slice(None)
            outputs, after = super().forward(rows, packing, state)
            return outputs.unflatten(0, (steps, batch)).transpose(0, 1), after
        rows, sizes, order, back = pack_padded_sequence(
            x, lengths.cpu(), batch_first=True, enforce_sorted=False
        )
        outputs, after = super().forward(
            rows, (sizes.tolist(), order, back), state
        )
        outputs, _ = pad_packed_sequence(
            PackedSequence(outputs, sizes, order, back),
            batch_first=True,
            total_length=steps,
        )
        return outputs, after
