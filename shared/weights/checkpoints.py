"""A trained model in one file: canonical weights, and its header as JSON.

The file is safetensors, whatever framework trained it: every other one
loads it and gives the same predictions. The best model of a row of the
table has a folder, with the header also in another file, as JSON.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from shared.errors import unknown
from shared.fields import RENAMED_KEYS, current_keys
from shared.specs import ModelSpec, RunSpec, Weights
from shared.weights.header import CheckpointError as CheckpointError
from shared.weights.header import checked, model_of, parsed
from shared.weights.tensors import check_dtypes, check_finite, shapes_of

SCHEMA = "2"
"""Version of the header; raised when its meaning changes."""

HEADER = ("run", "model", "metadata", "result", "data_hashes")
"""What the header stores besides the schema, each as JSON."""

WEIGHTS, CARD = "model.safetensors", "model.json"
"""The files in a folder: the checkpoint, and its header alone."""


class Checkpoint(NamedTuple):
    """The run, the model and its trained weights.

    metadata: what the task's codec needs, if it has one; result: metric,
        validation score, epoch and seed; data_hashes: sha256 by file name.
    """

    run: RunSpec
    model: ModelSpec
    weights: Weights
    metadata: Mapping[str, Any] | None = None
    result: Mapping[str, Any] = {}
    data_hashes: Mapping[str, str] = {}


def save_checkpoint(path: Path, saved: Checkpoint) -> None:
    """Write the file atomically; OSError if it cannot be written."""
    from safetensors.numpy import save

    specs = {"run": asdict(saved.run), "model": asdict(saved.model)}
    values = {**saved._asdict(), **specs}
    texts = {name: json.dumps(values[name]) for name in HEADER}
    # safetensors takes the bytes in memory order, transposed or not.
    tensors = {n: np.ascontiguousarray(w) for n, w in saved.weights.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    try:
        partial.write_bytes(save(tensors, {"schema": SCHEMA, **texts}))
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def read_checkpoint(path: Path) -> tuple[dict[str, Any], ModelSpec, Weights]:
    """Header, model and weights of a file, or of that in a folder.

    CheckpointError if it is not whole. The run in the header is as it was
    stored: only its task knows the type of its data options.
    """
    file = weights_file(path)
    header = read_header(file)
    with checked(file, "model"):
        model = model_of(header["model"])
    with _opened(file) as opened:
        tensors = {name: opened.get_slice(name) for name in opened.keys()}  # noqa: SIM118
        with checked(file, "model"):
            shapes = shapes_of(model, len(tensors))
        found = {name: tuple(t.get_shape()) for name, t in tensors.items()}
        for name in sorted(shapes.keys() | found.keys()):
            if shapes.get(name) != found.get(name):
                raise CheckpointError(
                    f"'{file}' does not hold its model's weights: {name} is "
                    f"{found.get(name, 'missing')}, to be "
                    f"{shapes.get(name, 'absent')}"
                )
        check_dtypes(file, {n: t.get_dtype() for n, t in tensors.items()})
        weights = {name: opened.get_tensor(name) for name in tensors}
    check_finite(file, weights)
    return header, model, {name: weights[name] for name in shapes}


def read_header(file: Path) -> dict[str, Any]:
    """The fields of HEADER, as stored; CheckpointError names a bad one."""
    with _opened(file) as opened:
        header: dict[str, Any] = opened.metadata() or {}
    if header.get("schema") != SCHEMA:
        raise CheckpointError(
            f"'{file}' is a checkpoint of schema "
            f"{header.get('schema', 'unknown')}; this code reads {SCHEMA}"
        )
    texts = {RENAMED_KEYS.get(name, name): header[name] for name in header}
    # In a fixed order: safetensors preserves none.
    found: dict[str, Any] = {"schema": SCHEMA}
    for name in HEADER:
        with checked(file, name):
            found[name] = parsed(texts, name)
    with checked(file, "metadata"):
        return {**found, "metadata": current_keys(found["metadata"])}


def weights_file(path: Path) -> Path:
    """The file, or that in the folder; an error names the nearest one."""
    file = path / WEIGHTS if path.is_dir() else path
    if file.is_file():
        return file
    near = path if path.is_dir() else path.parent
    found = [
        str(other.parent)
        for pattern in (f"*/{WEIGHTS}", f"best/*/{WEIGHTS}")
        for other in near.glob(pattern)
    ]
    if found:
        raise CheckpointError(unknown("checkpoint", path, found))
    if path.is_dir():
        raise CheckpointError(f"'{path}' holds no checkpoint ({WEIGHTS})")
    raise CheckpointError(f"cannot read '{path}': no such file or folder")


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    """The open file; CheckpointError if it is absent or damaged."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="numpy") as opened:
            yield opened
    except SafetensorError as error:
        raise CheckpointError(
            f"'{file}' is no safetensors file, or not a whole one: {error}"
        ) from error
    except OSError as error:
        raise CheckpointError(f"cannot read '{file}': {error}") from error
