"""An embedding and stacked recurrent layers in numpy, forward and backward."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from shared.reference.layer import Tape, layer, layer_backward
from shared.reference.steps import State
from shared.specs import STATE_NAMES, Array, ModelSpec, Weights
from shared.weights.layout import DIRECTIONS

States = Mapping[str, State]
"""Prefix of a layer, such as "encoder.rnn.0.reverse." -> its state."""


class Stack(NamedTuple):
    """A forward pass, with what the backward pass needs."""

    spec: ModelSpec
    prefix: str  # of the weights, such as "encoder."
    x: Array  # (B, T, D) values or (B, T) indices
    outputs: Array  # (B, T, H') of the top layer
    last: Array  # (B, H'), the last h of the top layer
    mask: Array  # (B, T, 1), false past the end of a sequence
    tapes: dict[str, Tape]

    @property
    def states(self) -> States:
        """Final state of each layer, by prefix."""
        return {name: tape.states[-1] for name, tape in self.tapes.items()}


class StackGradients(NamedTuple):
    """Gradients by the vectors that the first layer reads, and by prefix."""

    vectors: Array  # (B, T, D)
    weights: Weights
    initial_states: dict[str, State]
    hidden: dict[str, Array]  # (B, T, H) of each layer


def stack_forward(
    spec: ModelSpec,
    weights: Weights,
    x: Array,
    lengths: Array | None,
    prefix: str = "",
    initial_states: States | None = None,
    more: Sequence[Array] = (),
) -> Stack:
    """Encode x and run the layers, from zero states by default.

    more: (B, T, ...), further features, joined to each step's vector.
    """
    if spec.input == "embedding":
        outputs = weights[f"{prefix}embedding.table"][x]  # (B, T, E)
    else:
        outputs = np.eye(spec.input_size)[x] if spec.input == "onehot" else x
    if more:
        outputs = np.concatenate([outputs, *more], axis=2)
    outputs = np.asarray(outputs, np.float64)  # (B, T, D)
    tapes: dict[str, Tape] = {}
    for number in range(spec.num_layers):
        directions, finals = [], []
        for direction in DIRECTIONS[spec.bidirectional]:
            name = f"{prefix}rnn.{number}.{direction}"
            out, final, tapes[name] = layer(
                spec.cell,
                layer_weights(weights, name),
                outputs,
                lengths,
                reverse=bool(direction),
                initial_state=initial_states[name] if initial_states else None,
            )
            directions.append(out)
            finals.append(final)
        outputs = np.concatenate(directions, axis=2)  # (B, T, H')
    last = np.concatenate(finals, axis=1)  # (B, H')
    mask = tapes[f"{prefix}rnn.0."].present
    return Stack(spec, prefix, x, outputs, last, mask, tapes)


def stack_backward(
    weights: Weights,
    stack: Stack,
    d_outputs: Array,
    d_last: Array,
    d_states: States | None = None,
) -> StackGradients:
    """Backward pass from the top layer down to the vectors (B, T, D).

    d_outputs (B, T, H') and d_last (B, H') belong to the top layer; d_states to
    the final states, if these are used elsewhere.
    """
    spec, directions = stack.spec, DIRECTIONS[stack.spec.bidirectional]
    found = StackGradients(d_outputs, {}, {}, {})
    for number in reversed(range(spec.num_layers)):
        d_out = np.split(d_outputs, len(directions), axis=2)
        d_h = np.split(d_last, len(directions), axis=1)
        d_inputs = []
        for index, direction in enumerate(directions):
            name = f"{stack.prefix}rnn.{number}.{direction}"
            d_state: State = (d_h[index], np.zeros(d_h[index].shape))
            if d_states:
                d_state = (d_h[index] + d_states[name][0], *d_states[name][1:])
            gradients = layer_backward(
                spec.cell,
                layer_weights(weights, name),
                stack.tapes[name],
                d_out[index],
                d_state[: len(STATE_NAMES[spec.cell])],
            )
            d_inputs.append(gradients.x)
            named = {name + n: d for n, d in gradients.weights.items()}
            found.weights.update(named)
            found.initial_states[name] = gradients.initial_state
            found.hidden[name] = gradients.hidden
        d_outputs = np.sum(d_inputs, axis=0)  # (B, T, D)
        d_last = np.zeros(d_last.shape)
    if spec.input == "embedding":
        name = f"{stack.prefix}embedding.table"
        shape = weights[name].shape
        found.weights[name] = embedding_backward(shape, stack.x, d_outputs)
    return found._replace(vectors=d_outputs)


def embedding_backward(
    shape: tuple[int, ...], x: Array, d_vectors: Array
) -> Array:
    """Gradient by the table (V, E): the sum over each index's vectors."""
    table: Array = np.zeros(shape)
    np.add.at(table, x, d_vectors[..., : shape[1]])
    return table


def layer_weights(weights: Weights, prefix: str) -> Weights:
    """Weights of one layer and direction, without the prefix."""
    return {
        name.removeprefix(prefix): w
        for name, w in weights.items()
        if name.rpartition(".")[0] + "." == prefix
    }


def add_gradients(weights: Weights, parts: Iterable[Weights]) -> Weights:
    """The sum by name, in the order of the weights."""
    total = {name: np.zeros(w.shape) for name, w in weights.items()}
    for part in parts:
        for name, gradient in part.items():
            total[name] += gradient
    return total
