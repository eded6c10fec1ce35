"""How one check is measured: run it, and compare with the reference.

Everything is measured through the functions that a run uses. Gradients are
read off a step of plain SGD, g = (w - w') / η: in float64 the first step of
the trajectory, in float32 one with a rate so large that the rounding of w
is lost in it. A trajectory is a `fit` whose split is one batch, so that the
loss of an epoch is the loss of a step.
"""

from typing import NamedTuple

import numpy as np

from comparisons.equivalence.case import Case
from comparisons.equivalence.deviation import (
    WORST,
    deviation,
    largest_deviation,
    up_to_ends,
)
from comparisons.equivalence.limits import DTYPES
from comparisons.implementation import Implementation, Model
from shared.reference import crf as reference_crf
from shared.reference import model as reference_model
from shared.reference import training as reference_training
from shared.reference.model import in_float64
from shared.specs import EpsilonPlaces, Split, TrainSpec, Weights


class Deviation(NamedTuple):
    """Deviation of one check of one case from the reference."""

    case: str
    check: str
    measured: float
    limit: float

    @property
    def holds(self) -> bool:
        return self.measured <= self.limit


class Fit(NamedTuple):
    """Results of a `fit`: losses by epoch, weights after one and all epochs.

    places: where the framework that trained adds epsilon.
    """

    losses: list[float]
    first: Weights
    last: Weights
    places: EpsilonPlaces


def loaded(
    implementation: Implementation, case: Case, precision: str
) -> tuple[Model, Weights]:
    weights = case.weights(DTYPES[precision])
    return implementation.build_model(case.spec(), weights), weights


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


def wrong_tags(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Number of decoded tags that differ from the reference's.

    The last tag may only follow itself and the first, as I- follows B-.
    """
    x, _, ends = case.split()
    lengths = np.asarray(ends)
    emissions = implementation.predict(model, x, ends)
    allowed = np.ones((case.outputs + 1, case.outputs), bool)
    allowed[1:, -1] = False
    allowed[-2, -1] = True
    found = implementation.viterbi(model, emissions, lengths, allowed)
    expected = reference_crf.viterbi(
        case.spec(), weights, emissions, lengths, allowed
    )
    same = found.shape == expected.shape
    return float(np.sum(found != expected)) if same else WORST


def gradient(
    case: Case, weights: Weights, training: TrainSpec, fit: Fit
) -> float:
    """Largest deviation of the gradients over all weights."""
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
    """Deviation of the losses of all epochs and of the final weights."""
    steps, last = reference_training.train(
        case.spec(), weights, split, training, fit.places
    )
    expected = np.reshape(steps, (training.epochs, -1)).mean(axis=1)
    if len(fit.losses) != len(expected):
        return WORST
    losses = map(deviation, np.array(fit.losses), expected)
    return max(*losses, largest_deviation(fit.last, last))


def fitted(
    implementation: Implementation,
    model: Model,
    weights: Weights,
    split: Split,
    training: TrainSpec,
) -> Fit:
    losses: list[float] = []
    first: Weights = {}

    def on_epoch_end(epoch: int, loss: float) -> bool:
        losses.append(loss)
        if epoch == 0:
            first.update(implementation.export_weights(model))
        return False

    implementation.load_weights(model, weights)
    implementation.fit(model, split, training, on_epoch_end)
    last = implementation.export_weights(model)
    return Fit(losses, first, last, implementation.EPSILON_PLACES)
