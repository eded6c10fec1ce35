"""Trainings other than plain SGD and Adam: a run's own, and each optimizer's.

They are checked in float64 where a framework has it, in which an update with a
wrong constant cannot be taken for rounding, on several batches whose order
follows the seed.
"""

from dataclasses import replace
from typing import Any

from comparisons.equivalence.case import BATCH, Case
from comparisons.equivalence.limits import BY_DEVICE, SGD
from comparisons.equivalence.measure import (
    Deviation,
    fitted,
    loaded,
    trajectory,
)
from comparisons.implementation import Implementation
from shared.specs import AUTOREGRESSIVE, TrainSpec

EXACT = "float64"
EPOCHS, BATCHES = 10, 2

SEEDED = replace(SGD, epochs=EPOCHS, seed=1)
CONSTANTS = (
    replace(SEEDED, momentum=0.8, clip_norm=1.0, lr_schedule="cosine"),
    replace(
        SEEDED,
        optimizer="rmsprop",
        learning_rate=0.02,
        rho=0.7,
        epsilon=1e-3,
    ),
    replace(
        SEEDED,
        optimizer="adam",
        learning_rate=0.02,
        beta1=0.8,
        beta2=0.95,
        epsilon=1e-4,
        clip_value=0.05,
    ),
    replace(
        SEEDED,
        optimizer="adamw",
        learning_rate=0.05,
        beta1=0.7,
        beta2=0.9,
        epsilon=1e-3,
        weight_decay=0.2,
        lr_schedule="exponential",
        lr_decay=0.8,
        lr_decay_start=3,
    ),
)
"""Every optimizer, its constants away from their defaults, seed 1."""

SAMPLED: dict[str, Any] = {
    "teacher_forcing": 0.7,
    "teacher_forcing_decay": "linear",
}
"""What only a seq2seq model has."""

SMOOTHED: dict[str, Any] = {"label_smoothing": 0.2}
"""What only a model with a cross-entropy has."""


def other_constants(case: Case) -> list[TrainSpec]:
    """The trainings of CONSTANTS, as a case has them."""
    own = SMOOTHED if case.spec().smoothed else {}
    if case.model == "seq2seq":
        own = own | SAMPLED
    stateful = case.model in AUTOREGRESSIVE and case.model != "seq2seq"
    return [replace(one, stateful=stateful, **own) for one in CONSTANTS]


SHORTENED = (
    *("epochs", "batch_size", "num_buckets", "patience"),
    *("packing", "loop"),
)
"""Fields that a check sets, or that change nothing it compares."""


def own_training(training: TrainSpec) -> TrainSpec:
    """A run's training, as short and with as small batches as the checks.

    Where a model may pack its sequences, it reads the long ones padded.
    """
    packing = "off" if training.packing == "auto" else training.packing
    shortened = replace(training, epochs=EPOCHS, batch_size=BATCH, patience=0)
    return replace(shortened, packing=packing)


def summary(training: TrainSpec) -> str:
    """The fields of a training that differ from their defaults."""
    own, default = vars(training), vars(TrainSpec())
    return ", ".join(
        f"{name.replace('_', ' ')} {value}"
        for name, value in own.items()
        if name not in SHORTENED and value != default[name]
    )


def training_deviation(
    implementation: Implementation,
    case: Case,
    training: TrainSpec,
    precision: str = EXACT,
    device: str = "auto",
) -> Deviation:
    """The deviation of the losses of all epochs and of the last weights."""
    model, weights = loaded(implementation, case, precision)
    split = case.split(BATCHES)
    fit = fitted(implementation, model, weights, split, training)
    measured = trajectory(case, weights, split, training, fit)
    name = f"{case}, {summary(training)}"
    limits = BY_DEVICE[device][precision]
    limit = limits.get("training", limits["trajectory"])
    return Deviation(name, "training", measured, limit)
