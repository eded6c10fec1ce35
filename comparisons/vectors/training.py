"""Twenty steps of SGD and of Adam, by whatever computes the gradients."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from comparisons.vectors.case import Arrays, Case
from shared.reference.training import UPDATES, Slots, Step
from shared.specs import TrainSpec

STEPS = 20
TRAININGS = {
    "sgd": TrainSpec(optimizer="sgd", learning_rate=0.125),
    # Powers of these rates are exact, so that no library rounds them.
    "adam": TrainSpec(
        optimizer="adam",
        learning_rate=2.0**-6,
        beta1=0.5,
        beta2=0.75,
        epsilon=2.0**-13,
    ),
}
"""Optimizer -> its constants; epsilon is added to √v̂."""

Run = Callable[[Case], tuple[Arrays, Arrays]]


def weight_names(case: Case) -> list[str]:
    """What a training changes."""
    return [n for n in case.arrays if n.startswith(("rnn.", "attention."))]


def train(case: Case, run: Run, name: str) -> tuple[Arrays, Arrays]:
    """The loss of each step (20,), before its update, and the last weights.

    run: outputs and gradients of a case; the updates are those of
    `shared.reference.training`.
    """
    spec, losses = TRAININGS[name], []
    names = weight_names(case)
    slots: dict[str, Slots] = {weight: {} for weight in names}
    for t in range(1, STEPS + 1):
        outputs, gradients = run(case)
        losses.append(float(outputs["loss"]))
        step, arrays = Step(t, spec), dict(case.arrays)
        for weight in names:
            g = np.asarray(gradients[weight], np.float64)
            change = UPDATES[name](arrays[weight], g, slots[weight], step)
            arrays[weight] = arrays[weight] - spec.learning_rate * change
        case = replace(case, arrays=arrays)
    last = {weight: case.arrays[weight] for weight in names}
    return {"losses": np.array(losses)}, last
