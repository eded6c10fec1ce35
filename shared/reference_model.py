"""The whole model in numpy: inputs, stack, directions, head and loss.

Weights have the canonical names of `shared.initial`; all arithmetic is in
float64, and dropout is no part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from shared import reference
from shared.initial import DIRECTIONS
from shared.specs import ModelSpec, Split, Weights


class Pass(NamedTuple):
    """A forward pass: outputs, what the head read, and a tape a layer."""

    outputs: np.ndarray  # (B, K)
    last: np.ndarray  # (B, H) or (B, 2·H)
    tapes: dict[str, reference.Tape]


def forward(
    spec: ModelSpec,
    weights: Weights,
    x: np.ndarray,
    lengths: np.ndarray | None,
) -> np.ndarray:
    """Outputs of the model: x (B, T, D) or (B, T) -> (B, K)."""
    return forward_pass(spec, in_float64(weights), x, lengths).outputs


def forward_pass(
    spec: ModelSpec,
    weights: Weights,
    x: np.ndarray,
    lengths: np.ndarray | None,
) -> Pass:
    """The pass from in_float64 weights, with what the way back needs."""
    outputs = FEATURES[spec.input](spec, weights, x)  # (B, T, D)
    tapes: dict[str, reference.Tape] = {}
    for number in range(spec.num_layers):
        both: list[np.ndarray] = []
        finals: list[np.ndarray] = []
        for direction in DIRECTIONS[spec.bidirectional]:
            prefix = f"rnn.{number}.{direction}"
            out, final, tapes[prefix] = reference.layer(
                spec.cell,
                layer_weights(weights, prefix),
                outputs,
                lengths,
                reverse=bool(direction),
            )
            both.append(out)
            finals.append(final)
        outputs = np.concatenate(both, axis=2)  # (B, T, H')
    last = np.concatenate(finals, axis=1)  # (B, H')
    outputs = last @ weights["head.weight"] + weights["head.bias"]  # (B, K)
    return Pass(outputs, last, tapes)


def loss_and_gradients(
    spec: ModelSpec, weights: Weights, batch: Split
) -> tuple[float, Weights]:
    """Mean loss of a batch, and its gradients by canonical name."""
    weights = in_float64(weights)
    outputs, last, tapes = forward_pass(spec, weights, batch.x, batch.lengths)
    loss, d_outputs = LOSSES[spec.model](outputs, batch.y)
    gradients = {
        "head.weight": last.T @ d_outputs,
        "head.bias": d_outputs.sum(axis=0),
    }
    d_last = d_outputs @ weights["head.weight"].T  # (B, H')
    d_x, d_stack = _stack_backward(spec, weights, tapes, d_last)
    gradients |= d_stack
    if spec.input == "embedding":
        d_table = np.zeros(weights["embedding.table"].shape)
        np.add.at(d_table, batch.x, d_x)  # an index may stand at many steps
        gradients["embedding.table"] = d_table
    return loss, {name: gradients[name] for name in weights}


def mean_squared_error(
    outputs: np.ndarray, targets: np.ndarray
) -> tuple[float, np.ndarray]:
    """Mean over B and K, and its gradient: two (B, K) -> (), (B, K)."""
    error = outputs - targets  # (B, K)
    return float(np.mean(error**2)), 2.0 * error / error.size


def cross_entropy(
    outputs: np.ndarray, targets: np.ndarray
) -> tuple[float, np.ndarray]:
    """Mean softmax cross-entropy: (B, K), (B,) classes -> (), (B, K)."""
    rows = np.arange(len(targets))
    shifted = outputs - outputs.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(logs)  # (B, K)
    gradient[rows, targets] -= 1.0
    return float(-np.mean(logs[rows, targets])), gradient / len(targets)


def layer_weights(weights: Weights, prefix: str) -> Weights:
    """The weights of one layer and direction, by their last names."""
    return {
        name.removeprefix(prefix): w
        for name, w in weights.items()
        if name.rpartition(".")[0] + "." == prefix
    }


def in_float64(weights: Weights) -> Weights:
    """The same weights in float64."""
    return {name: np.asarray(w, np.float64) for name, w in weights.items()}


def _stack_backward(
    spec: ModelSpec,
    weights: Weights,
    tapes: dict[str, reference.Tape],
    d_last: np.ndarray,
) -> tuple[np.ndarray, Weights]:
    """From the top layer down: d_last (B, H') -> d_x (B, T, D), gradients.

    Only the top layer's last states reach the loss; below it, only outputs.
    """
    directions = DIRECTIONS[spec.bidirectional]
    gradients: Weights = {}
    steps = tapes["rnn.0."].x.shape[1]
    d_outputs = np.zeros((len(d_last), steps, d_last.shape[1]))  # (B, T, H')
    for number in reversed(range(spec.num_layers)):
        d_out = np.split(d_outputs, len(directions), axis=2)
        d_h = np.split(d_last, len(directions), axis=1)
        d_inputs = []
        for index, direction in enumerate(directions):
            prefix = f"rnn.{number}.{direction}"
            d_x, d_weights = reference.layer_backward(
                spec.cell,
                layer_weights(weights, prefix),
                tapes[prefix],
                d_out[index],
                d_h[index],
            )
            d_inputs.append(d_x)
            gradients |= {prefix + n: value for n, value in d_weights.items()}
        d_outputs = np.sum(d_inputs, axis=0)  # (B, T, D)
        d_last = np.zeros(d_last.shape)
    return d_outputs, gradients


FEATURES: dict[str, Callable[[ModelSpec, Weights, np.ndarray], np.ndarray]] = {
    "values": lambda spec, weights, x: np.asarray(x, np.float64),
    "onehot": lambda spec, weights, x: np.eye(spec.input_size)[x],
    "embedding": lambda spec, weights, x: weights["embedding.table"][x],
}
LOSSES: dict[
    str, Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]]
] = {"forecaster": mean_squared_error, "classifier": cross_entropy}
