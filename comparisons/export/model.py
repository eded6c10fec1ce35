"""Which models an export can express, and a batch to check one on."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from shared.errors import UserError
from shared.reference import model as reference_model
from shared.specs import (
    NATIVE_CELLS,
    RAGGED_MODELS,
    STATEFUL_MODELS,
    Array,
    ModelSpec,
    Weights,
)

MODELS = ("forecaster", *RAGGED_MODELS, *STATEFUL_MODELS)
BATCH, STEPS, CHARACTERS = 4, 7, 5

MISSING = {
    "crf": "decoding of a CRF",
    "layer_norm": "layer normalization",
}
"""Field of `ModelSpec` -> what stock layers lack."""


class Drawn(NamedTuple):
    """A drawn batch, and what the NumPy reference computes of it."""

    x: Array  # (B, T, D), (B, T), or of words with their characters (B, T, F)
    lengths: Array | None  # (B,), of a ragged model
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


def has_columns(spec: ModelSpec) -> bool:
    """Whether x has more of a word than its index: (B, T, F)."""
    return spec.char_encoder or spec.shape_size > 0


def drawn(spec: ModelSpec, weights: Weights, seed: int = 0) -> Drawn:
    """Sequences, ragged ones with one whole, through the reference."""
    rng = np.random.default_rng(seed)
    shape = (BATCH, STEPS)
    x: Array = rng.standard_normal((*shape, spec.input_size))
    x = x.astype(np.float32)
    if spec.input != "values":
        x = rng.integers(0, spec.input_size, shape)
    if has_columns(spec):
        x = np.concatenate([x[..., None], *word_columns(spec, rng)], axis=2)
    lengths = None
    if spec.model in RAGGED_MODELS:
        lengths = rng.integers(1, STEPS, BATCH)
        lengths[1] = STEPS
    flat = spec.model == "tagger" and not has_columns(spec)
    read = x[..., None] if flat else x
    outputs = reference_model.forward(spec, weights, read, lengths)
    return Drawn(x, lengths, outputs)


def word_columns(spec: ModelSpec, rng: np.random.Generator) -> list[Array]:
    """Shapes (B, T, 1) and characters (B, T, C) of words; 0 pads them."""
    found = []
    if spec.shape_size:
        found.append(rng.integers(0, spec.shape_size, (BATCH, STEPS, 1)))
    if spec.char_encoder:
        shape = (BATCH, STEPS, CHARACTERS)
        characters = rng.integers(1, spec.char_size, shape)
        ends = rng.integers(1, CHARACTERS + 1, (BATCH, STEPS, 1))
        found.append(np.where(np.arange(CHARACTERS) < ends, characters, 0))
    return found
