"""One recurrent layer in one direction in numpy, forward and backward.

This is what every implementation is checked against: float64, a loop over
time, and gradients worked out by hand.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from shared.reference.cells import BACKWARD_STEPS, STEPS, State
from shared.specs import STATE_NAMES, Weights


class Tape(NamedTuple):
    """Values of the forward pass that the backward pass needs."""

    x: np.ndarray  # (B, T, D)
    order: list[int]  # the steps as they were read
    present: np.ndarray  # (B, T, 1), false past the end of a sequence
    states: list[State]  # before each step as read, and after the last
    caches: list[Any]  # of each step, as they were read


def layer(
    cell: str,
    weights: Weights,
    x: np.ndarray,
    lengths: np.ndarray | None = None,
    reverse: bool = False,
    start: State | None = None,
) -> tuple[np.ndarray, np.ndarray, Tape]:
    """One layer, one direction: x (B, T, D) -> (B, T, H), last h (B, H).

    The initial state is zero unless given. The state does not change past the
    end of a sequence; in reverse it therefore stays 0 until the last valid
    step.
    """
    batch, steps, _ = x.shape
    hidden = weights["w_hh"].shape[0]
    ends = np.full(batch, steps) if lengths is None else lengths
    present = (np.arange(steps) < ends[:, None])[:, :, None]  # (B, T, 1)
    order = list(range(steps))[:: -1 if reverse else 1]
    tape = Tape(x, order, present, [], [])
    outputs = np.zeros((batch, steps, hidden))
    zeros: State = (np.zeros((batch, hidden)),) * len(STATE_NAMES[cell])
    state = zeros if start is None else start
    for t in order:
        a = x[:, t] @ weights["w_ih"] + weights["b_ih"]  # (B, G·H)
        u = state[0] @ weights["w_hh"] + weights.get("b_hh", 0.0)  # (B, G·H)
        new, cache = STEPS[cell](a, u, state)
        tape.states.append(state)
        tape.caches.append(cache)
        pairs = zip(new, state, strict=True)
        state = tuple(np.where(present[:, t], n, old) for n, old in pairs)
        outputs[:, t] = state[0]
    tape.states.append(state)
    return outputs, state[0], tape


def layer_backward(
    cell: str,
    weights: Weights,
    tape: Tape,
    d_outputs: np.ndarray,
    d_state: State,
    flow: np.ndarray | None = None,
) -> tuple[np.ndarray, Weights, State]:
    """Backpropagation through time (Werbos 1990).

    d_outputs (B, T, H), d_state of the final state -> d_x (B, T, D), d_weights,
    d_state of the initial state. flow (B, T, H), if given, is filled with the
    gradient of each step's h.
    """
    d_x = np.zeros(tape.x.shape)
    d_weights = {name: np.zeros(w.shape) for name, w in weights.items()}
    for index in reversed(range(len(tape.order))):
        t, cache = tape.order[index], tape.caches[index]
        h = tape.states[index][0]  # (B, H)
        d_state = (d_state[0] + d_outputs[:, t], *d_state[1:])
        if flow is not None:
            flow[:, t] = d_state[0]
        d_new = tuple(d * tape.present[:, t] for d in d_state)
        d_kept = tuple(d * ~tape.present[:, t] for d in d_state)
        d_a, d_u, d_old = BACKWARD_STEPS[cell](d_new, cache)
        d_x[:, t] = d_a @ weights["w_ih"].T  # (B, D)
        d_weights["w_ih"] += tape.x[:, t].T @ d_a
        d_weights["b_ih"] += d_a.sum(axis=0)
        d_weights["w_hh"] += h.T @ d_u
        if "b_hh" in weights:
            d_weights["b_hh"] += d_u.sum(axis=0)
        d_h = d_old[0] + d_u @ weights["w_hh"].T  # (B, H)
        pairs = zip((d_h, *d_old[1:]), d_kept, strict=True)
        d_state = tuple(d + kept for d, kept in pairs)
    return d_x, d_weights, d_state
