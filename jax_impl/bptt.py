"""Backpropagation through time by hand: `--impl bptt`.

A loop backward over time (Werbos 1990) calls the gradient of each step, and the
gradient of a weight is one product over all steps.
"""

from functools import partial

import jax
import jax.numpy as jnp
from jax import Array, lax

from jax_impl.bptt_cells import BACKWARD, FORWARD
from jax_impl.cells import State
from jax_impl.scratch import (
    ScratchLayer,
    ScratchRecurrent,
    freeze,
    sequence_mask,
)
from shared.specs import WEIGHT_NAMES


def unroll_forward(
    cell: str,
    reverse: bool,
    x: Array,
    first: State,
    weights: State,
    mask: Array | None,
) -> tuple[tuple[Array, State], tuple]:
    """All outputs and the last state; what the way back needs."""
    w_ih, w_hh, b_ih, *b_hh = weights

    def step(state: State, inputs: tuple) -> tuple[State, tuple]:
        x, mask = inputs
        new, factors = FORWARD[cell](x @ w_ih + b_ih, state, w_hh, *b_hh)
        after = new if mask is None else freeze(mask, new, state)
        return after, (after[0], factors)

    last, (outputs, factors) = lax.scan(step, first, (x, mask), reverse=reverse)
    return (outputs, last), (x, first, weights, mask, outputs, factors)


def unroll_backward(
    cell: str, reverse: bool, saved: tuple, gradients: tuple[Array, State]
) -> tuple:
    """∂loss/∂ of x, of the first state and of the weights."""
    x, first, (w_ih, w_hh, *biases), mask, outputs, factors = saved
    d_outputs, d_last = gradients

    def step(d_state: State, inputs: tuple) -> tuple[State, tuple]:
        d_output, factors, mask = inputs
        d_state = (d_state[0] + d_output, *d_state[1:])
        if mask is None:
            return BACKWARD[cell](d_state, factors, w_hh)
        # In its padding, the state of a sequence is the one before.
        zeros = jax.tree.map(jnp.zeros_like, d_state)
        d_new = freeze(mask, d_state, zeros)
        d_before, found = BACKWARD[cell](d_new, factors, w_hh)
        d_frozen = freeze(mask, zeros, d_state)
        return jax.tree.map(jnp.add, d_before, d_frozen), found

    d_first, found = lax.scan(
        step, d_last, (d_outputs, factors, mask), reverse=not reverse
    )
    d_wx, d_uh = found[0], found[-1]  # (T, B, G·H), the same unless a GRU's
    begin = first[0][None]  # (1, B, H)
    h = (outputs[1:], begin) if reverse else (begin, outputs[:-1])
    d_w_ih = weight_gradient(x, d_wx)
    d_w_hh = weight_gradient(jnp.concatenate(h), d_uh)
    d_biases = (d.sum((0, 1)) for d, _ in zip((d_wx, d_uh), biases))
    return d_wx @ w_ih.T, d_first, (d_w_ih, d_w_hh, *d_biases), None


def weight_gradient(inputs: Array, d_products: Array) -> Array:
    """Σ xᵀ d over all steps in one product."""
    x, d = (a.reshape(-1, a.shape[-1]) for a in (inputs, d_products))
    return x.T @ d  # (D, T·B), (T·B, G·H) -> (D, G·H)


def unroll(
    cell: str,
    reverse: bool,
    x: Array,  # (T, B, D)
    first: State,
    weights: State,
    mask: Array | None,  # (T, B)
) -> tuple[Array, State]:
    """All outputs and the last state, with the gradient by hand."""
    forward = partial(unroll_forward, cell, reverse)
    with_gradient = jax.custom_vjp(lambda *inputs: forward(*inputs)[0])
    with_gradient.defvjp(forward, partial(unroll_backward, cell, reverse))
    return with_gradient(x, first, weights, mask)


class BpttLayer(ScratchLayer):
    """One layer in one direction, with the gradient by hand."""

    def __call__(
        self,
        x: Array,
        lengths: Array | None = None,
        state: State | None = None,
    ) -> tuple[Array, State]:
        """All outputs and the state after the last step."""
        first = self.initial_state(len(x)) if state is None else tuple(state)
        mask = sequence_mask(x, lengths)
        outputs, last = unroll(
            *(self.cell, self.reverse, x.swapaxes(0, 1), first),
            tuple(getattr(self, name)[...] for name in WEIGHT_NAMES[self.cell]),
            mask if mask is None else mask.T,
        )
        return outputs.swapaxes(0, 1), last  # (B, T, H), each (B, H)


class BpttRecurrent(ScratchRecurrent):
    """Stacked layers: (B, T, D) -> (B, T, H'), state."""

    layer = BpttLayer
