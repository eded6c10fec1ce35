"""What of a model a task scores, in a framework and in the reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from comparisons.implementation import Implementation, Model
from shared.decoding.options import DecodedOutputs, DecodingOptions
from shared.reference import decoding as reference_decoding
from shared.reference import generation as reference_generation
from shared.reference import model as reference_model
from shared.specs import ModelSpec, Split, Weights

Scored = Callable[[Implementation, Model, Split], Any]
Expected = Callable[[ModelSpec, Weights, Split], Any]


def outputs(
    implementation: Implementation, model: Model, split: Split
) -> np.ndarray:
    """Outputs (N, K) or (N, T, K) of a model."""
    return implementation.predict(model, split.x, split.lengths)


def token_nll(
    implementation: Implementation, model: Model, split: Split
) -> np.ndarray:
    """Negative log-likelihoods (N, T) by a model that reads streams."""
    return implementation.token_nll(model, split.x, split.y)


def written(
    implementation: Implementation, model: Model, split: Split
) -> DecodedOutputs:
    """Teacher-forced losses and hits, and the decoded targets."""
    x, y, lengths = split.x, split.y, np.asarray(split.lengths)
    told = implementation.teacher_forced_scores(model, x, y, lengths)
    rule = DecodingOptions(max_new_tokens=y.shape[1])
    symbols = implementation.decode(model, x[..., 0], lengths, rule)
    return DecodedOutputs(told[..., 0], told[..., 1], symbols)


SCORED: dict[str, Scored] = {
    "forecaster": outputs,
    "classifier": outputs,
    "tagger": outputs,
    "language_model": token_nll,
    "frame_model": outputs,
    "seq2seq": written,
    "autoencoder": outputs,
}
"""Model -> what `Task.score` takes of it."""


def expected_outputs(
    spec: ModelSpec, weights: Weights, split: Split
) -> np.ndarray:
    return reference_model.forward(spec, weights, split.x, split.lengths)


def expected_token_nll(
    spec: ModelSpec, weights: Weights, split: Split
) -> np.ndarray:
    """The same of the reference: (N, T)."""
    return reference_generation.token_nll(spec, weights, split.x, split.y)


def expected_written(
    spec: ModelSpec, weights: Weights, split: Split
) -> DecodedOutputs:
    x, y, lengths = split.x, split.y, np.asarray(split.lengths)
    told = reference_decoding.teacher_forced_scores(
        spec, weights, x, y, lengths
    )
    rule = DecodingOptions(max_new_tokens=y.shape[1])
    found = reference_decoding.decode(spec, weights, x[..., 0], lengths, rule)
    return DecodedOutputs(told[..., 0], told[..., 1], found)


EXPECTED: dict[str, Expected] = {
    "forecaster": expected_outputs,
    "classifier": expected_outputs,
    "tagger": expected_outputs,
    "language_model": expected_token_nll,
    "frame_model": expected_outputs,
    "seq2seq": expected_written,
    "autoencoder": expected_outputs,
}
"""Model -> what SCORED must be."""


def numbers(outputs: Any) -> np.ndarray:
    """The scored values that may differ by rounding only."""
    found = outputs.losses if isinstance(outputs, DecodedOutputs) else outputs
    return np.asarray(found)
