"""One recurrent layer in one direction in numpy, forward and backward.

This is what every implementation is checked against: float64, a loop over
time, and gradients worked out by hand.
"""

from typing import Any, NamedTuple

import numpy as np

from shared.reference.cells import BACKWARD_STEPS, STEPS
from shared.reference.layer_norm import (
    NORMALIZED_BACKWARD_STEPS,
    NORMALIZED_STEPS,
    project,
    project_backward,
)
from shared.reference.steps import State
from shared.specs import GATES, STATE_NAMES, Array, Weights, step_weights


class Tape(NamedTuple):
    """Values of the forward pass that the backward pass needs."""

    x: Array  # (B, T, D)
    order: list[int]  # the steps as they were read
    present: Array  # (B, T, 1), false past the end of a sequence
    states: list[State]  # before each step as read, and after the last
    caches: list[Any]  # of each step, as they were read
    projected: list[Any]  # of the input product of each step


class LayerGradients(NamedTuple):
    """Gradients of the loss by the inputs, weights and states of a layer."""

    x: Array  # (B, T, D)
    weights: Weights
    initial_state: State
    hidden: Array  # (B, T, H), total derivative by the h of each step


def layer(
    cell: str,
    weights: Weights,
    x: Array,
    lengths: Array | None = None,
    reverse: bool = False,
    initial_state: State | None = None,
) -> tuple[Array, Array, Tape]:
    """One layer, one direction: x (B, T, D) -> (B, T, H), last h (B, H).

    The initial state is zero unless given. The state does not change past the
    end of a sequence; in reverse it therefore stays 0 until the last valid
    step.
    """
    batch, steps, _ = x.shape
    hidden = len(weights["b_ih"]) // GATES[cell]
    ends = np.full(batch, steps) if lengths is None else lengths
    present = (np.arange(steps) < ends[:, None])[:, :, None]  # (B, T, 1)
    order = list(range(steps))[:: -1 if reverse else 1]
    tape = Tape(x, order, present, [], [], [])
    step = (NORMALIZED_STEPS if "gain_hh" in weights else STEPS)[cell]
    outputs = np.zeros((batch, steps, hidden))
    zeros: State = (np.zeros((batch, hidden)),) * len(STATE_NAMES[cell])
    state = zeros if initial_state is None else initial_state
    for t in order:
        a, projected = project(cell, weights, x[:, t])  # (B, G·H)
        new, cache = step(a, state, weights)
        tape.projected.append(projected)
        tape.states.append(state)
        tape.caches.append(cache)
        pairs = zip(new, state, strict=True)
        state = tuple(np.where(present[:, t], n, old) for n, old in pairs)
        outputs[:, t] = state[0]
    tape.states.append(state)
    return outputs, state[0], tape


def layer_backward(
    cell: str, weights: Weights, tape: Tape, d_outputs: Array, d_state: State
) -> LayerGradients:
    """Backpropagation through time (Werbos 1990).

    d_outputs: (B, T, H); d_state: gradient of the final state.
    """
    normalized = "gain_hh" in weights
    steps = NORMALIZED_BACKWARD_STEPS if normalized else BACKWARD_STEPS
    d_x, d_hidden = np.zeros(tape.x.shape), np.zeros(d_outputs.shape)
    d_weights = {name: np.zeros(w.shape) for name, w in weights.items()}
    recurrent = step_weights(cell, normalized)
    for index in reversed(range(len(tape.order))):
        t, cache = tape.order[index], tape.caches[index]
        state = tape.states[index]
        d_hidden[:, t] = d_state[0] + d_outputs[:, t]
        d_state = (d_hidden[:, t], *d_state[1:])
        d_new = tuple(d * tape.present[:, t] for d in d_state)
        d_skip = tuple(d * ~tape.present[:, t] for d in d_state)
        d_a, d_recurrent, d_old = steps[cell](d_new, cache, state, weights)
        d_x[:, t], d_input = project_backward(
            cell, weights, tape.x[:, t], tape.projected[index], d_a
        )
        found = {name: d_recurrent[name] for name in recurrent} | d_input
        for name, gradient in found.items():
            d_weights[name] += gradient
        pairs = zip(d_old, d_skip, strict=True)
        d_state = tuple(d + skip for d, skip in pairs)
    return LayerGradients(d_x, d_weights, d_state, d_hidden)
