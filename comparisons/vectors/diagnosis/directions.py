"""Errors in the directions of a layer."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.diagnosis.plant import Plant
from comparisons.vectors.kinds import KINDS
from comparisons.vectors.reference.functions import Functions
from shared.specs import Array

Layer = Callable[..., Any]


def direction_plants() -> Iterator[Plant]:
    """Those of a recurrent kind."""
    for text, wrong in LAYERS.items():
        yield Plant(text, functions=in_layer(wrong))
    yield Plant("weights of the directions exchanged", exchanged_weights)
    yield Plant("outputs of the directions exchanged", outputs=exchanged_halves)
    yield Plant("initial states of the directions exchanged", exchanged_initial)
    yield Plant("last states of the directions exchanged", outputs=exchanged)


def in_layer(
    wrong: Callable[..., Any],
) -> Callable[[Case, Functions], Functions]:
    """Functions whose layer is the wrong one, which calls the right one."""

    def run(case: Case, functions: Functions) -> Functions:
        right = functions.layer

        def layer(*arguments: Any) -> Any:
            return wrong(right, *arguments)

        return functions._replace(layer=layer)

    return run


def read_from_padding(
    right: Layer, cell: str, w: Any, x: Array, lengths: Any, *rest: Any
) -> Any:
    """The reverse direction without lengths."""
    return right(cell, w, x, None if rest[0] else lengths, *rest)


def read_to_padding(
    right: Layer, cell: str, w: Any, x: Array, lengths: Any, *rest: Any
) -> Any:
    """The forward direction without lengths."""
    return right(cell, w, x, lengths if rest[0] else None, *rest)


def read_forward(right: Layer, *arguments: Any) -> Any:
    *first, _, state = arguments
    return right(*first, False, state)


def in_order_of_reading(right: Layer, *arguments: Any) -> Any:
    """Outputs of the reverse direction that are not put back."""
    outputs, last, tape = right(*arguments)
    reverse, lengths = arguments[4], arguments[3]
    if reverse:
        ends = np.full(len(outputs), outputs.shape[1])
        for row, end in enumerate(ends if lengths is None else lengths):
            outputs[row, :end] = outputs[row, :end][::-1].copy()
    return outputs, last, tape


def state_at_last_step(right: Layer, *arguments: Any) -> Any:
    """The h of the reverse direction after its first step, the last one."""
    outputs, last, tape = right(*arguments)
    if arguments[4]:
        ends = tape.present[:, :, 0].sum(axis=1)
        h = outputs[np.arange(len(outputs)), ends - 1]
        states = [*tape.states[:-1], (h, *tape.states[-1][1:])]
        tape = tape._replace(states=states)
    return outputs, last, tape


LAYERS = {
    "the reverse direction begins in the padding": read_from_padding,
    "state of the forward direction taken at the padded end": read_to_padding,
    "the reverse direction read forward": read_forward,
    "outputs of the reverse direction in the order of reading": (
        in_order_of_reading
    ),
    "last state of the reverse direction taken at the last step": (
        state_at_last_step
    ),
}
"""Text -> a wrong layer, whose first argument is the right one."""


def exchanged_weights(case: Case) -> Case:
    if case.directions != "bidirectional":
        return case
    arrays = dict(case.arrays)
    for prefixes in case.prefixes:
        for name in KINDS[case.kind].names:
            one, other = (prefix + name for prefix in prefixes)
            arrays[one], arrays[other] = case.arrays[other], case.arrays[one]
    return replace(case, arrays=arrays)


def exchanged_initial(case: Case) -> Case:
    arrays = {
        n: other_direction(a) if n.startswith("initial.") else a
        for n, a in case.arrays.items()
        if case.directions == "bidirectional"
    }
    return replace(case, arrays=arrays or case.arrays)


def exchanged(case: Case, outputs: Arrays) -> Arrays:
    if case.directions != "bidirectional":
        return outputs
    states = KINDS[case.kind].states
    return outputs | {name: other_direction(outputs[name]) for name in states}


def other_direction(state: Array) -> Array:
    """(L·2, B, H) with the two rows of each layer exchanged."""
    pairs = state.reshape(-1, 2, *state.shape[1:])[:, ::-1]
    return pairs.reshape(state.shape)


def exchanged_halves(case: Case, outputs: Arrays) -> Arrays:
    if case.directions != "bidirectional":
        return outputs
    halves = np.split(outputs["outputs"], 2, axis=2)
    return outputs | {"outputs": np.concatenate(halves[::-1], axis=2)}
