"""Gates of language models: the state carried, and what is written."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comparisons.equivalence.case import BATCH, Case
from comparisons.equivalence.deviation import deviation
from comparisons.equivalence.limits import DTYPES, LIMITS, TRAJECTORIES
from comparisons.equivalence.measure import Deviation, trajectory_deviation
from comparisons.implementation import Implementation, Model
from shared.decoding.sampling import Sampling, uniforms
from shared.reference import generation as reference_generation
from shared.specs import Split, TrainSpec, Weights

WINDOWS = 4
"""Windows of a stream: the state goes on over three borders an epoch."""

SYMBOLS = 200
"""Symbols of a text that must be the same."""

PROMPT = 3
RULES = (Sampling(temperature=0.0), Sampling(0.8, top_k=6, top_p=0.95))
"""Greedy, and drawn from a part of the vocabulary."""


def carried(case: Case, training: TrainSpec) -> tuple[Split, TrainSpec]:
    """Streams of several windows, and the same number of steps on them."""
    epochs = training.epochs // WINDOWS
    return case.split(WINDOWS), replace(training, epochs=epochs, stateful=True)


def scored(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Deviation of token NLL (N, T); a few targets at the end are masked."""
    x, y, _ = case.split(WINDOWS)
    y[-1, y.shape[1] // 2 :] = -1
    found = implementation.token_nll(model, x, y)
    expected = reference_generation.token_nll(case.spec(), weights, x, y)
    return deviation(found, expected)


def symbols(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Number of generated tokens that differ from the reference's."""
    prompt = case.split().x[:, :PROMPT]
    draws = uniforms(SYMBOLS, BATCH, 0)
    wrong = 0
    for rule in RULES:
        pieces = implementation.generate(model, prompt, draws, rule)
        found = np.concatenate(list(pieces), axis=1)  # (B, S)
        expected = reference_generation.generate(
            case.spec(), weights, prompt, draws, rule
        )
        wrong += int(np.sum(found != expected))
    return float(wrong)


def frame_checks(
    implementation: Implementation,
    model: Model,
    case: Case,
    precision: str,
    loop: str,
) -> list[Deviation]:
    """Checks of a frame model's generation, in float64."""
    wrong = 0.0
    if precision == "float64":
        weights = case.weights_as(DTYPES[precision])
        implementation.load_weights(model, weights)
        wrong = keys(implementation, model, case, weights)
    return [Deviation(f"{case}, written", "symbols", wrong, 0.0)]


def keys(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Number of generated keys that differ from the reference's."""
    prompt = case.split().x[:, :PROMPT]
    draws = uniforms(SYMBOLS, BATCH, 0, case.outputs)
    wrong = 0
    for rule in (Sampling(temperature=0.0), Sampling(0.8)):
        pieces = implementation.generate(model, prompt, draws, rule)
        found = np.concatenate(list(pieces), axis=1)  # (B, S, K)
        expected = reference_generation.generate(
            case.spec(), weights, prompt, draws, rule
        )
        wrong += int(np.sum(found != expected))
    return float(wrong)


def stream_checks(
    implementation: Implementation,
    model: Model,
    case: Case,
    precision: str,
    loop: str,
) -> list[Deviation]:
    """Checks of carried state and, in float64, of generation."""
    limits = LIMITS[precision]
    weights = case.weights_as(DTYPES[precision])
    implementation.load_weights(model, weights)
    score = scored(implementation, model, case, weights)
    wrong = 0.0
    if precision == "float64":
        wrong = symbols(implementation, model, case, weights)
    split, training = carried(case, TRAJECTORIES[precision])
    training = replace(training, loop=loop)
    strayed = trajectory_deviation(
        implementation, model, case, weights, split, training
    )
    return [
        Deviation(f"{case}, scored", "forward", score, limits["forward"]),
        Deviation(
            f"{case}, carried", "trajectory", strayed, limits["trajectory"]
        ),
        Deviation(f"{case}, written", "symbols", wrong, 0.0),
    ]
