"""Errors within a step: the mistakes of the exercises, and others."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from comparisons.vectors.case import Case
from comparisons.vectors.diagnosis.plant import Plant
from comparisons.vectors.kinds import KINDS
from comparisons.vectors.reference.functions import (
    Functions,
    Step,
    functions_of,
)
from comparisons.vectors.reference.gru import reset_before
from shared.exercises.exercise import Exercise
from shared.exercises.memory.gru_step import GRU_STEP
from shared.exercises.memory.lstm_step import LSTM_STEP
from shared.exercises.sequences.rnn_step import RNN_STEP
from shared.reference.cells import STEPS
from shared.reference.steps import State
from shared.specs import GATE_NAMES, Array, Weights

EXERCISES: dict[str, Exercise] = {
    "rnn-tanh": RNN_STEP,
    "gru-reset-after": GRU_STEP,
    "lstm": LSTM_STEP,
}
"""Kind -> the exercise whose mistakes are planted."""


def step_plants(name: str) -> Iterator[Plant]:
    """Those of a recurrent kind."""
    for text, step in STEP_ERRORS.get(name, {}).items():
        yield Plant(text, functions=with_step(step))
    if name in EXERCISES:
        yield from exercise_plants(EXERCISES[name])


def with_step(
    step: Callable[[Case], Step],
) -> Callable[[Case, Functions], Functions]:
    def run(case: Case, functions: Functions) -> Functions:
        return functions_of(KINDS[case.kind], step(case))

    return run


def exercise_plants(exercise: Exercise) -> Iterator[Plant]:
    """The exercise's reference, with each of its mistakes, as a step.

    Those in b are errors in a weight.
    """
    for mistake in exercise.mistakes:
        if mistake.title.startswith("bias"):
            continue
        wrong = step_of(exercise.mistaken(mistake))
        yield Plant(mistake.text, functions=with_step(wrong))


def step_of(function: Callable[..., Any]) -> Callable[[Case], Step]:
    """A step of a layer from one of x, the states, W, U, and biases.

    The layer gives a = x W + b in place of x, so that W is the identity and b
    is 0; a mistake in b is one of the weights.
    """

    def run(a: Array, state: State, weights: Weights) -> tuple[State, Any]:
        size = a.shape[1]
        biases = [np.zeros(size)]
        biases += [weights["b_hh"]] if "b_hh" in weights else []
        found = function(a, *state, np.eye(size), weights["w_hh"], *biases)
        return (found if isinstance(found, tuple) else (found,)), None

    return lambda case: run


def without_first_bias(case: Case) -> Step:
    """No U h + b_h at all where no initial state is given and h is 0."""

    def run(a: Array, state: State, weights: Weights) -> tuple[State, Any]:
        (h,) = state
        if case.initial_state is None and not h.any():
            weights = weights | {"b_hh": 0.0 * weights["b_hh"]}
        found: tuple[State, Any] = STEPS["gru"](a, state, weights)
        return found

    return run


def other_gru(case: Case) -> Step:
    """The other convention of the reset gate."""
    if not KINDS[case.kind].reset_after:
        return STEPS["gru"]
    return in_candidate


def in_candidate(a: Array, state: State, weights: Weights) -> tuple[State, Any]:
    """The reset gate before the product, b_h outside it."""
    return reset_before(a + weights["b_hh"], state, weights)


def relu_for_tanh(case: Case) -> Step:
    return STEPS["rnn-relu"]


def tanh_for_relu(case: Case) -> Step:
    return STEPS["rnn"]


def inverted_update(case: Case) -> Step:
    """h' = z n + (1 - z) h, of either GRU and of the minGRU."""
    kind = KINDS[case.kind]
    right = STEPS[kind.cell] if kind.reset_after else reset_before

    def run(a: Array, state: State, weights: Weights) -> tuple[State, Any]:
        (new,), cache = right(a, state, weights)
        n = cache[GATE_NAMES[kind.cell].index("n")]
        return (n + state[0] - new,), cache

    return run


INVERTED: dict[str, Callable[[Case], Step]] = {
    "update gate inverted: z and 1 - z exchanged": inverted_update
}
STEP_ERRORS: dict[str, dict[str, Callable[[Case], Step]]] = {
    "rnn-tanh": {"ReLU in place of tanh": relu_for_tanh},
    "rnn-relu": {"tanh in place of ReLU": tanh_for_relu},
    "gru-reset-after": {
        "the recurrent bias dropped at t = 0": without_first_bias,
        "a GRU whose reset gate is before the product": other_gru,
    },
    "gru-reset-before": {
        "a GRU whose reset gate is after the product": other_gru,
        **INVERTED,
    },
    "mingru": INVERTED,
}
"""Kind -> text -> a wrong step."""
