"""What of a model a task scores, in a framework and in the reference."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from comparisons.implementation import Implementation, Model
from shared import reference_generation, reference_model
from shared.specs import ModelSpec, Split, Weights

Scored = Callable[[Implementation, Model, Split], np.ndarray]
Expected = Callable[[ModelSpec, Weights, Split], np.ndarray]


def outputs(
    implementation: Implementation, model: Model, split: Split
) -> np.ndarray:
    """Outputs (N, K) or (N, T, K) of a model that reads examples."""
    return implementation.predict(model, split.x, split.lengths)


def likelihoods(
    implementation: Implementation, model: Model, split: Split
) -> np.ndarray:
    """Negative log-likelihoods (N, T) by a model that reads streams."""
    return implementation.likelihoods(model, split.x, split.y)


SCORED: dict[str, Scored] = {
    "forecaster": outputs,
    "classifier": outputs,
    "tagger": outputs,
    "language_model": likelihoods,
}
"""Model -> what `Task.score` takes of it."""


def expected_outputs(
    spec: ModelSpec, weights: Weights, split: Split
) -> np.ndarray:
    """The same of the reference: (N, K) or (N, T, K)."""
    return reference_model.forward(spec, weights, split.x, split.lengths)


def expected_likelihoods(
    spec: ModelSpec, weights: Weights, split: Split
) -> np.ndarray:
    """The same of the reference: (N, T)."""
    return reference_generation.likelihoods(spec, weights, split.x, split.y)


EXPECTED: dict[str, Expected] = {
    "forecaster": expected_outputs,
    "classifier": expected_outputs,
    "tagger": expected_outputs,
    "language_model": expected_likelihoods,
}
"""Model -> what SCORED must be."""
