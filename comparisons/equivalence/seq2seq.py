"""Gates of sequence to sequence: coins, targets written, where it looks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comparisons.equivalence.case import Case
from comparisons.equivalence.deviation import deviation
from comparisons.equivalence.limits import DTYPES, LIMITS, TRAJECTORIES
from comparisons.equivalence.measure import Deviation, trajectory_deviation
from comparisons.implementation import Implementation, Model
from shared.decoding.options import DecodingOptions
from shared.reference import decoding as reference_decoding
from shared.specs import TrainSpec, Weights

RULES = (
    DecodingOptions(max_new_tokens=12),
    DecodingOptions(beam=3, max_new_tokens=12),
)
"""Greedy, and by a beam."""


LOUD = 3
"""What weights are multiplied by, so that a target hangs on its source."""


def with_sampling(training: TrainSpec) -> TrainSpec:
    """The same with scheduled sampling and label smoothing."""
    return replace(training, teacher_forcing=0.5, label_smoothing=0.1)


def scored(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Deviation of the losses of targets, and of the hits (N, T, 2)."""
    x, y, ends = case.split()
    lengths = np.asarray(ends)
    found = implementation.teacher_forced_scores(model, x, y, lengths)
    expected = reference_decoding.teacher_forced_scores(
        case.spec(), weights, x, y, lengths
    )
    return deviation(found, expected)


def looked(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Deviation of the attention weights (B, T, T)."""
    x, _, ends = case.split()
    lengths = np.asarray(ends)
    if case.attention == "none":
        return 0.0
    found = implementation.attention_maps(model, x, lengths)
    expected = reference_decoding.attention_maps(
        case.spec(), weights, x, lengths
    )
    return deviation(found, expected)


def symbols(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Number of decoded tokens that differ from the reference's."""
    x, _, ends = case.split()
    lengths = np.asarray(ends)
    weights, wrong = {name: LOUD * w for name, w in weights.items()}, 0
    implementation.load_weights(model, weights)
    for rule in RULES:
        found = implementation.decode(model, x[..., 0], lengths, rule)
        expected = reference_decoding.decode(
            case.spec(), weights, x[..., 0], lengths, rule
        )
        wrong += int(np.sum(found != expected))
    return float(wrong)


def target_checks(
    implementation: Implementation,
    model: Model,
    case: Case,
    precision: str,
    loop: str,
) -> list[Deviation]:
    """Checks of scoring, scheduled sampling, attention and decoding."""
    limits, weights = LIMITS[precision], case.weights_as(DTYPES[precision])
    implementation.load_weights(model, weights)
    asked = implementation, model, case, weights
    score = scored(*asked)
    apart = looked(*asked)
    wrong = 0.0
    if precision == "float64":
        wrong = symbols(*asked)
    training = with_sampling(TRAJECTORIES[precision])
    training, split = replace(training, loop=loop), case.split()
    strayed = trajectory_deviation(*asked, split, training)
    return [
        Deviation(f"{case}, scored", "forward", score, limits["forward"]),
        Deviation(f"{case}, looked", "forward", apart, limits["forward"]),
        Deviation(
            f"{case}, by coins", "trajectory", strayed, limits["trajectory"]
        ),
        Deviation(f"{case}, written", "targets", wrong, 0.0),
    ]
