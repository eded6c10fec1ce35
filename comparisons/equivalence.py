"""The gates: an implementation is the reference model, or it is not.

Everything is measured through the functions that a run uses. Gradients are
read off a step of plain SGD, g = (w - w') / η: in float64 the first step of
the trajectory, in float32 one with a rate so large that the rounding of w
is lost in it. A trajectory is a `fit` whose split is one batch, so that the
loss of an epoch is the loss of a step. `Implementation.configure` is called
before, with the precision to be gated.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from comparisons import language_gates, seq2seq_gates
from comparisons.cases import BATCH, Case, case_like
from comparisons.deviation import (
    WORST,
    deviation,
    identical,
    largest_deviation,
    up_to_ends,
)
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

SGD = TrainSpec(epochs=20, batch_size=BATCH, optimizer="sgd", learning_rate=0.1)
ADAM = replace(SGD, optimizer="adam", learning_rate=0.01)
TRAJECTORIES = {"float64": SGD, "float32": ADAM, "tf32": ADAM}
"""The trajectory of each precision: at least 20 steps, one an epoch."""

LARGE_STEP = replace(SGD, epochs=1, learning_rate=1024.0)
GRADIENT_STEPS = {"float64": SGD, "float32": LARGE_STEP, "tf32": LARGE_STEP}
"""The training whose first step gives the gradients."""

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


class Fit(NamedTuple):
    """What a `fit` left: losses by epoch, weights after one and after all."""

    losses: list[float]
    first: Weights
    last: Weights


def gates(
    implementation: Implementation,
    case: Case,
    precision: str,
    loop: str = "step",
) -> list[Gap]:
    """All gates of one case: weights, parameters and the short ones."""
    spec, split, limits = case.spec(), case.split(), LIMITS[precision]
    model, weights = loaded(implementation, case, precision)
    exported = implementation.export_weights(model)
    count = implementation.count_parameters(model)
    measured = {
        "weights": float(not identical(exported, weights)),
        "parameters": float(abs(count - initial.count_parameters(spec))),
        "forward": forward(implementation, model, case, weights),
    }
    training = replace(TRAJECTORIES[precision], loop=loop)
    step = replace(GRADIENT_STEPS[precision], loop=loop)
    fit = first = fitted(implementation, model, weights, split, training)
    if step != training:
        first = fitted(implementation, model, weights, split, step)
    measured["gradient"] = gradient(case, weights, step, first)
    measured["trajectory"] = trajectory(case, weights, split, training, fit)
    found = [
        Gap(str(case), gate, value, limits.get(gate, 0.0))
        for gate, value in measured.items()
    ]
    if case.model in MORE:
        more = MORE[case.model]
        found += more(implementation, model, case, precision, loop)
    return found


def stream_gates(
    implementation: Implementation,
    model: Model,
    case: Case,
    precision: str,
    loop: str,
) -> list[Gap]:
    """What a language model carries and, in float64, what it writes."""
    limits = LIMITS[precision]
    weights = case.weights_as(DTYPES[precision])
    implementation.load_weights(model, weights)
    score = language_gates.scored(implementation, model, case, weights)
    wrong = 0.0
    if precision == "float64":
        wrong = language_gates.symbols(implementation, model, case, weights)
    split, training = language_gates.carried(case, TRAJECTORIES[precision])
    training = replace(training, loop=loop)
    fit = fitted(implementation, model, weights, split, training)
    parted = trajectory(case, weights, split, training, fit)
    return [
        Gap(f"{case}, scored", "forward", score, limits["forward"]),
        Gap(f"{case}, carried", "trajectory", parted, limits["trajectory"]),
        Gap(f"{case}, written", "symbols", wrong, 0.0),
    ]


def target_gates(
    implementation: Implementation,
    model: Model,
    case: Case,
    precision: str,
    loop: str,
) -> list[Gap]:
    """How targets are scored, learnt by coins, looked up and written."""
    limits, weights = LIMITS[precision], case.weights_as(DTYPES[precision])
    implementation.load_weights(model, weights)
    asked = implementation, model, case, weights
    score = seq2seq_gates.scored(*asked)
    looked = seq2seq_gates.looked(*asked)
    wrong = 0.0
    if precision == "float64":
        wrong = seq2seq_gates.symbols(*asked)
    training = seq2seq_gates.with_coins(TRAJECTORIES[precision])
    training, split = replace(training, loop=loop), case.split()
    fit = fitted(implementation, model, weights, split, training)
    parted = trajectory(case, weights, split, training, fit)
    return [
        Gap(f"{case}, scored", "forward", score, limits["forward"]),
        Gap(f"{case}, looked", "forward", looked, limits["forward"]),
        Gap(f"{case}, by coins", "trajectory", parted, limits["trajectory"]),
        Gap(f"{case}, written", "targets", wrong, 0.0),
    ]


MORE = {"language_model": stream_gates, "seq2seq": target_gates}
"""Model -> its further gates."""


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
    weights = case.weights_as(DTYPES[precision])
    implementation.load_weights(model, weights)
    return model, weights


def forward(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Deviation of the outputs (B, K), or of (B, T, K) up to each end."""
    x, _, lengths = case.split()
    outputs = implementation.predict(model, x, lengths)
    expected = reference_model.forward(case.spec(), weights, x, lengths)
    return deviation(
        up_to_ends(outputs, lengths), up_to_ends(expected, lengths)
    )


def gradient(
    case: Case, weights: Weights, training: TrainSpec, fit: Fit
) -> float:
    """Deviation of the gradients, the largest over all weights."""
    before, after = in_float64(weights), in_float64(fit.first)
    _, expected = reference_model.loss_and_gradients(
        case.spec(), weights, case.split()
    )
    if after.keys() != expected.keys():
        return WORST
    rate = training.learning_rate
    found = {name: (before[name] - w) / rate for name, w in after.items()}
    return largest_deviation(found, expected)


def trajectory(
    case: Case, weights: Weights, split: Split, training: TrainSpec, fit: Fit
) -> float:
    """Deviation of the loss of every epoch and of the last weights."""
    steps, last = reference_training.train(
        case.spec(), weights, split, training
    )
    expected = np.reshape(steps, (training.epochs, -1)).mean(axis=1)
    if len(fit.losses) != len(expected):
        return WORST
    parted = map(deviation, np.array(fit.losses), expected)
    return max(*parted, largest_deviation(fit.last, last))


def fitted(
    implementation: Implementation,
    model: Model,
    weights: Weights,
    split: Split,
    training: TrainSpec,
) -> Fit:
    """Train the model from these weights on."""
    losses: list[float] = []
    first: Weights = {}

    def on_epoch_end(epoch: int, loss: float) -> bool:
        losses.append(loss)
        if epoch == 0:
            first.update(implementation.export_weights(model))
        return False

    implementation.load_weights(model, weights)
    implementation.fit(model, split, training, on_epoch_end)
    return Fit(losses, first, implementation.export_weights(model))
