"""Backpropagation through time by hand: `--impl bptt`.

A loop backward over time (Werbos 1990) calls the gradient of each step, and the
gradient of a weight is one product over all steps.
"""

from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import once_differentiable

from pytorch_impl.bptt_cells import BACKWARD, FORWARD, matmul
from pytorch_impl.cells import State
from pytorch_impl.scratch import (
    ScratchLayer,
    ScratchRecurrent,
    freeze,
    sequence_mask,
)
from shared.specs import STATE_NAMES, WEIGHT_NAMES


def unroll_forward(
    cell: str,
    reverse: bool,
    x: Tensor,
    first: State,
    weights: State,
    mask: Tensor | None,
) -> tuple[tuple[Tensor, State], tuple]:
    """Outputs (T, B, H) and the last state; what the way back needs."""
    w_ih, w_hh, b_ih, *b_hh = weights
    steps, batch, _ = x.shape
    a = matmul(x.flatten(0, 1), w_ih, b_ih)
    a = a.unflatten(0, (steps, batch))  # (T, B, G·H)
    state, outputs, kept = first, [x] * steps, [()] * steps
    for t in reversed(range(steps)) if reverse else range(steps):
        new, kept[t] = FORWARD[cell](a[t], state, w_hh, *b_hh)
        state = new if mask is None else freeze(mask[t], new, state)
        outputs[t] = state[0]
    outputs = torch.stack(outputs)  # (T, B, H)
    return (outputs, state), (x, first, weights, mask, outputs, a, kept)


def unroll_backward(
    cell: str,
    reverse: bool,
    saved: tuple,
    gradients: tuple[Tensor, State],
) -> tuple:
    """∂loss/∂ of x, of the first state and of the weights."""
    x, first, (w_ih, w_hh, *biases), mask, outputs, a, kept = saved
    d_outputs, d_state = gradients
    steps, step = len(x), BACKWARD[cell]
    d_wx, d_uh = a, a if len(biases) == 1 else torch.empty_like(a)
    for t in range(steps) if reverse else reversed(range(steps)):
        d_state = (d_state[0] + d_outputs[t], *d_state[1:])
        if mask is None:
            d_state = step(d_state, a[t], kept[t], w_hh, d_uh[t])
            continue
        # In its padding, the state of a sequence is the one before.
        zeros = tuple(map(torch.zeros_like, d_state))
        d_new = freeze(mask[t], d_state, zeros)
        d_frozen = freeze(mask[t], zeros, d_state)
        d_before = step(d_new, a[t], kept[t], w_hh, d_uh[t])
        d_state = tuple(map(torch.add, d_before, d_frozen))
    begin = first[0][None]  # (1, B, H)
    h = (outputs[1:], begin) if reverse else (begin, outputs[:-1])
    d_w_ih = weight_gradient(x, d_wx)
    d_w_hh = weight_gradient(torch.cat(h), d_uh)
    d_biases = (d.sum((0, 1)) for d, _ in zip((d_wx, d_uh), biases))
    d_x = None
    if x.requires_grad:
        d_x = matmul(d_wx.flatten(0, 1), w_ih.T).view_as(x)
    return d_x, d_state, (d_w_ih, d_w_hh, *d_biases)


def weight_gradient(inputs: Tensor, d_products: Tensor) -> Tensor:
    """Σ xᵀ d over all steps in one product: (T, B, D), (T, B, G·H)."""
    x, d = inputs.flatten(0, 1), d_products.flatten(0, 1)
    return matmul(x.T, d)  # (D, G·H)


# PyTorch calls both passes, and with tensors one by one.
class Unroll(Function):
    """`unroll` with the gradient of `unroll_backward`."""

    @staticmethod
    def forward(
        ctx: Any,
        cell: str,
        reverse: bool,
        mask: Tensor | None,
        x: Tensor,
        *tensors: Tensor,
    ) -> tuple[Tensor, ...]:
        """Outputs and the last state; tensors: the first state, weights."""
        count = len(STATE_NAMES[cell])
        first, weights = tensors[:count], tensors[count:]
        (outputs, last), saved = unroll_forward(
            cell, reverse, x, first, weights, mask
        )
        *_, a, kept = saved
        # An output that ctx itself refers to would never be freed.
        ctx.save_for_backward(x, outputs, *tensors)
        ctx.options, ctx.kept = (cell, reverse), (count, mask, a, kept)
        return outputs, *last

    @staticmethod
    @once_differentiable
    def backward(
        ctx: Any, d_outputs: Tensor, *d_last: Tensor
    ) -> tuple[Tensor | None, ...]:
        """The gradients of the arguments of `forward`."""
        x, outputs, *tensors = ctx.saved_tensors
        if ctx.kept is None:
            raise RuntimeError(
                "a second backward pass: the first one overwrites what it reads"
            )
        (count, mask, a, kept), ctx.kept = ctx.kept, None
        first, weights = tensors[:count], tensors[count:]
        saved = x, first, weights, mask, outputs, a, kept
        d_x, d_first, d_weights = unroll_backward(
            *ctx.options, saved, (d_outputs, d_last)
        )
        return None, None, None, d_x, *d_first, *d_weights


def unroll(
    cell: str,
    reverse: bool,
    x: Tensor,
    first: State,
    weights: State,
    mask: Tensor | None,
) -> tuple[Tensor, State]:
    """Outputs (T, B, H) and the last state: x (T, B, D), mask (T, B)."""
    outputs, *last = Unroll.apply(cell, reverse, mask, x, *first, *weights)
    return outputs, tuple(last)


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
        mask = sequence_mask(x, lengths)
        outputs, last = unroll(
            *(self.cell, self.reverse, x.transpose(0, 1), first),
            tuple(getattr(self, name) for name in WEIGHT_NAMES[self.cell]),
            mask if mask is None else mask.T,
        )
        return outputs.transpose(0, 1), last


class BpttRecurrent(ScratchRecurrent):
    """Stacked layers: (B, T, D) -> (B, T, H'), state."""

    layer = BpttLayer
