"""Which models an export can express, and a batch to check one on."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from shared.errors import UserError
from shared.reference import model as reference_model
from shared.specs import (
    NATIVE_CELLS,
    STATEFUL_MODELS,
    Array,
    ModelSpec,
    Weights,
)

MODELS = (
    *("forecaster", "classifier", "tagger", "speech_recognizer"),
    *STATEFUL_MODELS,
)
BATCH, STEPS = 4, 7

MISSING = {
    "crf": "decoding of a CRF",
    "char_encoder": "character encoder",
    "shape_size": "embedding of word shapes",
    "layer_norm": "layer normalization",
}
"""Field of `ModelSpec` -> what stock layers lack."""


class Drawn(NamedTuple):
    """A drawn batch, and what the NumPy reference computes of it."""

    x: Array  # (B, T, D) or (B, T)
    lengths: Array | None  # (B,), of a model without state
    outputs: Array  # (B, K) or (B, T, K)


def check_exportable(spec: ModelSpec) -> None:
    """UserError that names what stock layers cannot express."""
    faults = [text for field, text in MISSING.items() if getattr(spec, field)]
    if spec.model not in MODELS:
        faults.append(spec.model.replace("_", " "))
    if spec.cell not in NATIVE_CELLS:
        faults.append(f"cell '{spec.cell}'")
    if faults:
        raise UserError(
            "cannot be exported: stock layers have no "
            f"{' and no '.join(faults)}; what can: "
            f"{', '.join(MODELS)} of {', '.join(NATIVE_CELLS)}"
        )


def untied(spec: ModelSpec, weights: Weights) -> tuple[ModelSpec, Weights]:
    """The model with an output matrix of its own: stock layers tie none."""
    if not spec.tie_weights:
        return spec, weights
    head = {"head.weight": weights["embedding.table"].T}
    return replace(spec, tie_weights=False), {**weights, **head}


def drawn(spec: ModelSpec, weights: Weights, seed: int = 0) -> Drawn:
    """Ragged sequences, one of them whole, through the reference."""
    rng = np.random.default_rng(seed)
    shape = (BATCH, STEPS)
    x: Array = rng.standard_normal((*shape, spec.input_size))
    x = x.astype(np.float32)
    if spec.input != "values":
        x = rng.integers(0, spec.input_size, shape)
    lengths = None
    if spec.model not in STATEFUL_MODELS:
        lengths = rng.integers(1, STEPS, BATCH)
        lengths[1] = STEPS
    read = x[..., None] if spec.model == "tagger" else x
    outputs = reference_model.forward(spec, weights, read, lengths)
    return Drawn(x, lengths, outputs)
