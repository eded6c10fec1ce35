"""Stacked recurrent layers in numpy, forward and backward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from shared.reference import layer as reference_layer
from shared.reference.cells import State
from shared.reference.pooling import Steps
from shared.specs import STATE_NAMES, ModelSpec, Weights
from shared.weights.layout import DIRECTIONS

States = Mapping[str, State]
"""Prefix of a layer -> its state."""


class Stack(NamedTuple):
    """A pass through stacked layers: steps, and a tape per layer."""

    steps: Steps
    tapes: dict[str, reference_layer.Tape]

    @property
    def states(self) -> States:
        """Final state of each layer, by prefix."""
        return {name: tape.states[-1] for name, tape in self.tapes.items()}


class Descent(NamedTuple):
    """Results of the backward pass: d_x, gradients, d_initial states."""

    d_x: np.ndarray  # (B, T, D)
    gradients: Weights
    starts: States


def stack_forward(
    spec: ModelSpec,
    weights: Weights,
    outputs: np.ndarray,
    lengths: np.ndarray | None,
    start: States | None = None,
) -> Stack:
    """Stacked layers over vectors (B, T, D), from zero states by default."""
    tapes: dict[str, reference_layer.Tape] = {}
    for number in range(spec.num_layers):
        both: list[np.ndarray] = []
        finals: list[np.ndarray] = []
        for direction in DIRECTIONS[spec.bidirectional]:
            prefix = f"rnn.{number}.{direction}"
            out, final, tapes[prefix] = reference_layer.layer(
                spec.cell,
                layer_weights(weights, prefix),
                outputs,
                lengths,
                reverse=bool(direction),
                start=start[prefix] if start else None,
            )
            both.append(out)
            finals.append(final)
        outputs = np.concatenate(both, axis=2)  # (B, T, H')
    last = np.concatenate(finals, axis=1)  # (B, H')
    inside = tapes["rnn.0."].present  # (B, T, 1)
    return Stack(Steps(outputs, last, inside), tapes)


def stack_backward(
    spec: ModelSpec,
    weights: Weights,
    tapes: dict[str, reference_layer.Tape],
    d_outputs: np.ndarray,
    d_last: np.ndarray,
    d_states: States | None = None,
) -> Descent:
    """Backward pass from the top layer down to d_x (B, T, D).

    d_outputs (B, T, H') and d_last (B, H') belong to the top layer; d_states to
    the final states, if these are used elsewhere.
    """
    directions = DIRECTIONS[spec.bidirectional]
    gradients: Weights = {}
    starts: dict[str, State] = {}
    for number in reversed(range(spec.num_layers)):
        d_out = np.split(d_outputs, len(directions), axis=2)
        d_h = np.split(d_last, len(directions), axis=1)
        d_inputs = []
        for index, direction in enumerate(directions):
            prefix = f"rnn.{number}.{direction}"
            d_state: State = (d_h[index], np.zeros(d_h[index].shape))
            if d_states:
                after = d_states[prefix]
                d_state = (d_state[0] + after[0], *after[1:])
            d_x, d_weights, starts[prefix] = reference_layer.layer_backward(
                spec.cell,
                layer_weights(weights, prefix),
                tapes[prefix],
                d_out[index],
                d_state[: len(STATE_NAMES[spec.cell])],
            )
            d_inputs.append(d_x)
            gradients |= {prefix + n: value for n, value in d_weights.items()}
        d_outputs = np.sum(d_inputs, axis=0)  # (B, T, D)
        d_last = np.zeros(d_last.shape)
    return Descent(d_outputs, gradients, starts)


def layer_weights(weights: Weights, prefix: str) -> Weights:
    """Weights of one layer and direction, without the prefix."""
    return {
        name.removeprefix(prefix): w
        for name, w in weights.items()
        if name.rpartition(".")[0] + "." == prefix
    }
