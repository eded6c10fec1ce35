"""The gates: an implementation is the reference model, or it is not.

Everything is measured through the functions that a run uses. Gradients are
read off one step of plain SGD, g = (w - w') / η, with a learning rate so
large that the rounding of w is lost in it; a trajectory is a `fit` whose
split is one batch, so that the loss of an epoch is the loss of a step.
`Implementation.configure` is called before, with the precision to be gated.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from comparisons.cases import BATCH, Case, case_like
from comparisons.deviation import WORST, deviation, identical, largest_deviation
from comparisons.implementation import Implementation, Model
from shared import initial, reference_model, reference_training
from shared.reference_model import in_float64
from shared.specs import ModelSpec, Split, TrainSpec, Weights

LIMITS = {
    "float64": {"forward": 1e-10, "gradient": 1e-9, "trajectory": 1e-8},
    "float32": {"forward": 1e-5, "gradient": 1e-4, "trajectory": 1e-3},
    "tf32": {"forward": 1e-2, "gradient": 5e-2, "trajectory": 5e-2},
}
"""Largest relative deviation from the reference, by precision and gate.

A product in TF32 keeps 10 bits of each factor, a relative 2⁻¹¹ each.
"""

TRAJECTORIES = {
    "float64": TrainSpec(epochs=20, optimizer="sgd", learning_rate=0.1),
    "float32": TrainSpec(epochs=20, optimizer="adam", learning_rate=0.01),
    "tf32": TrainSpec(epochs=20, optimizer="adam", learning_rate=0.01),
}
"""The trajectory of each precision, one step an epoch."""

GRADIENT_RATE = 1024.0
"""Learning rate of the step that gradients are read off: a power of two."""

DTYPES = {"float64": "float64", "float32": "float32", "tf32": "float32"}


class Gap(NamedTuple):
    """How far one gate's measure of one case lies from the reference."""

    case: str
    gate: str
    measured: float
    limit: float

    @property
    def holds(self) -> bool:
        """Whether the gate is passed."""
        return self.measured <= self.limit


def gates(
    implementation: Implementation,
    case: Case,
    precision: str,
    loop: str = "step",
) -> list[Gap]:
    """All gates of one case: weights, parameters and the short ones."""
    spec, limits = case.spec(), LIMITS[precision]
    training = replace(TRAJECTORIES[precision], loop=loop)
    model, weights = loaded(implementation, case, precision)
    found = implementation.export_weights(model)
    count = implementation.count_parameters(model)
    measured = {
        "weights": float(not identical(found, weights)),
        "parameters": float(abs(count - initial.count_parameters(spec))),
        "forward": forward(implementation, model, case, weights),
        "gradient": gradient(implementation, model, case, weights, loop),
        "trajectory": trajectory(
            implementation, model, case, weights, training
        ),
    }
    return [
        Gap(str(case), gate, value, limits.get(gate, 0.0))
        for gate, value in measured.items()
    ]


def short_gates(
    implementation: Implementation,
    spec: ModelSpec,
    precision: str,
    loop: str = "step",
) -> list[Gap]:
    """Forward, gradient and 20 steps of a small model like an actual one.

    They hold for `init` "matched" alone: a framework's own layers may have
    other parameters (a second bias) than the reference.
    """
    kept = ("forward", "gradient", "trajectory")
    found = gates(implementation, case_like(spec), precision, loop)
    return [gap for gap in found if gap.gate in kept]


def loaded(
    implementation: Implementation, case: Case, precision: str
) -> tuple[Model, Weights]:
    """A model of the case that holds the case's weights, and these."""
    model = implementation.build_model(case.spec())
    dtype = DTYPES[precision]
    weights = {name: w.astype(dtype) for name, w in case.weights().items()}
    implementation.load_weights(model, weights)
    return model, weights


def forward(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Deviation of the outputs (B, K)."""
    x, _, lengths = case.split()
    outputs = implementation.predict(model, x, lengths)
    expected = reference_model.forward(case.spec(), weights, x, lengths)
    return deviation(outputs, expected)


def gradient(
    implementation: Implementation,
    model: Model,
    case: Case,
    weights: Weights,
    loop: str = "step",
) -> float:
    """Deviation of the gradients, the largest over all weights."""
    one_step = TrainSpec(
        epochs=1,
        batch_size=BATCH,
        optimizer="sgd",
        learning_rate=GRADIENT_RATE,
        loop=loop,
    )
    _, after = fitted(implementation, model, weights, case.split(), one_step)
    moved = {name: in_float64(weights)[name] - w for name, w in after.items()}
    gradients = {name: w / GRADIENT_RATE for name, w in moved.items()}
    _, expected = reference_model.loss_and_gradients(
        case.spec(), weights, case.split()
    )
    return largest_deviation(gradients, expected)


def trajectory(
    implementation: Implementation,
    model: Model,
    case: Case,
    weights: Weights,
    training: TrainSpec,
    batches: int = 1,
) -> float:
    """Deviation of the loss of every epoch and of the last weights.

    With one batch an epoch, the loss of an epoch is the loss of a step.
    """
    split = case.split(batches)
    training = replace(training, batch_size=BATCH)
    losses, after = fitted(implementation, model, weights, split, training)
    steps, last = reference_training.train(
        case.spec(), weights, split, training
    )
    expected = np.reshape(steps, (-1, batches)).mean(axis=1)  # (epochs,)
    if len(losses) != len(expected):
        return WORST
    parted = map(deviation, np.array(losses), expected)
    return max(*parted, largest_deviation(after, last))


def fitted(
    implementation: Implementation,
    model: Model,
    weights: Weights,
    split: Split,
    training: TrainSpec,
) -> tuple[list[float], Weights]:
    """The losses of a `fit` from these weights, and the last weights."""
    losses: list[float] = []

    def on_epoch_end(epoch: int, loss: float) -> bool:
        losses.append(loss)
        return False

    implementation.load_weights(model, weights)
    implementation.fit(model, split, training, on_epoch_end)
    return losses, implementation.export_weights(model)
