"""A trained model in one file: canonical weights, its specs as JSON.

The file is safetensors, whatever framework trained it: every other one
loads it and gives the same predictions.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shared.errors import UserError
from shared.initial import weight_shapes
from shared.specs import ModelSpec, RunSpec, Weights

SCHEMA = "1"
"""Version of the header; raised when its meaning changes."""


class CheckpointError(UserError):
    """A file that is not a checkpoint, or not a whole one."""


class Checkpoint(NamedTuple):
    """What was run, the model that it made and its trained weights."""

    run: RunSpec
    model: ModelSpec
    weights: Weights


def save_checkpoint(path: Path, saved: Checkpoint) -> None:
    """Write the file whole or not at all; OSError where it cannot be."""
    from safetensors.numpy import save

    header = {
        "schema": SCHEMA,
        "run": json.dumps(asdict(saved.run)),
        "model": json.dumps(asdict(saved.model)),
    }
    # safetensors takes the bytes as they lie, transposed or not.
    tensors = {n: np.ascontiguousarray(w) for n, w in saved.weights.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_bytes(save(tensors, header))
    partial.replace(path)


def load_checkpoint(path: Path) -> Checkpoint:
    """Read and check a file; CheckpointError says what is wrong with it."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            header = file.metadata() or {}
            weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"cannot read '{path}': {error}") from error
    if header.get("schema") != SCHEMA:
        raise CheckpointError(
            f"'{path}' is a checkpoint of schema {header.get('schema')}; "
            f"this code reads {SCHEMA}"
        )
    run = RunSpec(**json.loads(header["run"]))
    model = ModelSpec(**json.loads(header["model"]))
    return Checkpoint(run, model, in_order(path, model, weights))


def in_order(path: Path, model: ModelSpec, weights: Weights) -> Weights:
    """The weights in canonical order; all must be there in their shape."""
    shapes = weight_shapes(model)
    found = {name: weight.shape for name, weight in weights.items()}
    for name in shapes.keys() | found.keys():
        if shapes.get(name) != found.get(name):
            raise CheckpointError(
                f"'{path}': {name} is {found.get(name)}, its model has "
                f"{shapes.get(name)}"
            )
    return {name: weights[name] for name in shapes}
