"""The tensors of a checkpoint: those of its model, and finite."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from shared.specs import ModelSpec, Weights
from shared.weights.header import CheckpointError
from shared.weights.layout import weight_shapes
from shared.weights.seq2seq import Shape

DTYPES = ("F32", "F64")
"""Those of weights, as safetensors names them: of a run's precision."""

LARGEST = np.finfo(np.float32).max
"""What a framework can load in single precision."""


def shapes_of(model: ModelSpec, count: int) -> dict[str, Shape]:
    """Canonical name -> shape; ValueError if `count` tensors are too few."""
    # Every layer has several; to name those of many would take forever.
    if model.num_layers > count:
        raise ValueError(f"{model.num_layers} num_layers in {count} tensors")
    return weight_shapes(model)


def check_dtypes(file: Path, dtypes: Mapping[str, str]) -> None:
    for name, dtype in sorted(dtypes.items()):
        if dtype not in DTYPES:
            raise CheckpointError(
                f"'{file}' does not hold its model's weights: {name} is of "
                f"type {dtype}, to be one of {', '.join(DTYPES)}"
            )


def check_finite(file: Path, weights: Weights) -> None:
    for name, weight in sorted(weights.items()):
        if not (np.abs(weight) <= LARGEST).all():  # nor is NaN
            raise CheckpointError(
                f"'{file}' contains weights that are not finite (diverged?): "
                f"{name}"
            )
