"""Backpropagation through time by hand: `--impl bptt`.

A loop backward over time (Werbos 1990) calls the gradient of each step, and the
gradient of a weight is one product over all steps.
"""

from collections.abc import Callable
from typing import Any

import keras
from keras import ops, tree

from keras_impl.bptt_cells import BACKWARD, FORWARD
from keras_impl.cells import State
from keras_impl.scratch import (
    ScratchLayer,
    ScratchRecurrent,
    freeze,
    sequence_mask,
)
from shared.specs import STATE_NAMES, WEIGHT_NAMES


def scan(
    step: Callable, state: State, inputs: tuple, reverse: bool
) -> tuple[State, tuple]:
    """The last state and all outputs: step(state, inputs) -> state, outputs."""
    # ops.scan fails on TensorFlow where T varies, and XLA fuses what is not a
    # product of a step.
    if keras.config.backend() != "tensorflow":
        return ops.scan(step, state, inputs, reverse=reverse)
    import tensorflow as tf

    def loop(state: State, inputs: tuple) -> tuple[State, tuple]:
        steps = tf.shape(inputs[0])[0]
        reads = [tf.TensorArray(x.dtype, steps).unstack(x) for x in inputs]
        _, shapes = step(state, [x[0] for x in inputs])
        arrays = [
            tf.TensorArray(x.dtype, steps, element_shape=x.shape)
            for x in shapes
        ]

        def body(number, state, arrays):
            t = steps - 1 - number if reverse else number
            state, found = step(state, [x.read(t) for x in reads])
            arrays = [a.write(t, x) for a, x in zip(arrays, found)]
            return number + 1, state, arrays

        _, state, arrays = tf.while_loop(
            lambda number, *_: number < steps, body, (0, state, arrays)
        )
        return state, tuple(array.stack() for array in arrays)

    if not tf.executing_eagerly():
        loop = tf.function(loop, jit_compile=True, autograph=False)
    return loop(state, inputs)


def unroll_forward(
    cell: str,
    reverse: bool,
    x,
    first: State,
    weights: State,
    mask,
) -> tuple[tuple[Any, State], tuple]:
    """All outputs and the last state; what the way back needs."""
    w_ih, w_hh, b_ih, *b_hh = weights

    def step(state: State, inputs: tuple) -> tuple[State, tuple]:
        x, *mask = inputs
        wx = ops.matmul(x, w_ih) + b_ih
        new, factors = FORWARD[cell](wx, state, w_hh, *b_hh)
        after = freeze(mask[0], new, state) if mask else new
        return after, (after[0], *factors)

    inputs = (x,) if mask is None else (x, mask)
    last, (outputs, *factors) = scan(step, first, inputs, reverse)
    return (outputs, last), (x, first, weights, mask, outputs, factors)


def unroll_backward(
    cell: str, reverse: bool, saved: tuple, gradients: tuple[Any, State]
) -> tuple:
    """∂loss/∂ of x, of the first state and of the weights."""
    x, first, (w_ih, w_hh, *biases), mask, outputs, factors = saved
    d_outputs, d_last = gradients

    def step(d_state: State, inputs: tuple) -> tuple[State, tuple]:
        d_output, *factors = inputs
        d_state = (d_state[0] + d_output, *d_state[1:])
        if mask is None:
            return BACKWARD[cell](d_state, factors, w_hh)
        # In its padding, the state of a sequence is the one before.
        *factors, mask_t = factors
        zeros = tuple(map(ops.zeros_like, d_state))
        d_new = freeze(mask_t, d_state, zeros)
        d_before, found = BACKWARD[cell](d_new, factors, w_hh)
        d_frozen = freeze(mask_t, zeros, d_state)
        return tuple(map(ops.add, d_before, d_frozen)), found

    masks = () if mask is None else (mask,)
    inputs = (d_outputs, *factors, *masks)
    d_first, found = scan(step, d_last, inputs, not reverse)
    d_wx, d_uh = found[0], found[-1]  # (T, B, G·H), the same unless a GRU's
    begin = first[0][None]  # (1, B, H)
    h = (outputs[1:], begin) if reverse else (begin, outputs[:-1])
    d_w_ih = weight_gradient(x, d_wx)
    d_w_hh = weight_gradient(ops.concatenate(h), d_uh)
    d_biases = (ops.sum(d, (0, 1)) for d, _ in zip((d_wx, d_uh), biases))
    d_x = ops.matmul(d_wx, ops.transpose(w_ih))
    return d_x, d_first, (d_w_ih, d_w_hh, *d_biases)


def weight_gradient(inputs, d_products):
    """Σ xᵀ d over all steps in one product."""
    x, d = (ops.reshape(a, (-1, a.shape[-1])) for a in (inputs, d_products))
    # (D, T·B), (T·B, G·H) -> (D, G·H)
    return ops.matmul(ops.transpose(x), d)


def unroll(
    cell: str,
    reverse: bool,
    x,  # (T, B, D)
    first: State,
    weights: State,
    mask,  # (T, B)
) -> tuple[Any, State]:
    """All outputs and the last state, with the gradient by hand."""
    count, steps = len(STATE_NAMES[cell]), ops.shape(x)[0]
    # On PyTorch a function of Keras has one output: the states follow.
    single = keras.config.backend() == "torch"

    @ops.custom_gradient
    def with_gradient(x, *tensors):
        first, weights = tensors[:count], tensors[count:]
        (outputs, last), saved = unroll_forward(
            cell, reverse, x, first, weights, mask
        )

        def backward(*d_states, upstream=None):
            if single:
                d_states = (upstream[:steps], *upstream[steps:])
            # JAX hands on the tuple of all, TensorFlow one by one.
            d_outputs, *d_last = tree.flatten(d_states)
            d_x, d_first, d_weights = unroll_backward(
                cell, reverse, saved, (d_outputs, tuple(d_last))
            )
            return d_x, *d_first, *d_weights

        states = (outputs, *last)
        if single:
            states = ops.concatenate((outputs, ops.stack(last)))
        return states, backward

    states = with_gradient(x, *first, *weights)
    if single:
        states = (states[:steps], *states[steps:])
    outputs, *last = states
    return outputs, tuple(last)


class BpttLayer(ScratchLayer):
    """One layer in one direction, with the gradient by hand."""

    def call(
        self, x, lengths=None, state=None, perturbation=None, training=None
    ) -> tuple:
        """All outputs and the state after the last step."""
        first = state or self.initial_state(ops.shape(x)[0])
        mask = sequence_mask(x, lengths)
        owners = (self.loop.cell, self)
        weights = (
            ops.copy(getattr(owners[name.endswith("ih")], name))
            for name in WEIGHT_NAMES[self.cell]
        )
        outputs, last = unroll(
            *(self.cell, self.reverse, ops.swapaxes(x, 0, 1), tuple(first)),
            *(
                tuple(weights),
                mask if mask is None else ops.transpose(mask),
            ),
        )
        return ops.swapaxes(outputs, 0, 1), last  # (B, T, H), each (B, H)


class BpttRecurrent(ScratchRecurrent):
    """Stacked layers: (B, T, D) -> (B, T, H'), state."""

    layer = BpttLayer
