"""Checkpoints with the run that they are of, as its task resolves it."""

from pathlib import Path
from typing import Any

from msgspec import convert

from comparisons.frameworks import get_framework
from comparisons.records.spec import PARTS, Spec
from shared.errors import SpecError
from shared.fields import current_fields
from shared.specs import ModelSpec, RunSpec
from shared.tasks import get_task, resolve, stored_data
from shared.weights.checkpoints import (
    Checkpoint,
    read_checkpoint,
    weights_file,
)
from shared.weights.header import check_types, checked


def load_checkpoint(path: Path) -> Checkpoint:
    """Read and check a file, or that in a folder; CheckpointError if bad."""
    header, model, weights = read_checkpoint(path)
    file = weights_file(path)
    with checked(file, "run"):
        run = run_of(header)
    metadata = header["metadata"]
    if (codec := get_task(run.task).codec) is not None:
        with checked(file, "model"):
            check_kind(model, run.task)
        with checked(file, "metadata"):
            codec.check(metadata, model)
    return Checkpoint(
        run, model, weights, metadata, header["result"], header["data_hashes"]
    )


def run_of(header: dict[str, Any]) -> RunSpec:
    """The run of a header; msgspec.ValidationError, SpecError, ValueError."""
    convert(header["run"], Spec)
    # Older files store of a run only what differs from its preset.
    parts = {name: header["run"].get(name, {}) for name in PARTS}
    run = {**header["run"], **parts, "model": header["model"] | parts["model"]}
    get_framework(run["framework"])
    task, preset = get_task(run["task"]), run.get("preset", "standard")
    run["data"] = stored_data(task, preset, run["data"])
    for part in PARTS:
        record = getattr(task, part)
        check_types(current_fields(run[part], vars(record)), type(record))
    return resolve(**run)


def check_kind(model: ModelSpec, task: str) -> None:
    """SpecError for a model that the task's codec does not fit."""
    usual = get_task(task).model
    if model.model != usual.model:
        raise SpecError(f"task '{task}' has a {usual.model}, no {model.model}")
    if (model.input == "values") != (usual.input == "values"):
        raise SpecError(f"input {model.input} is not of task '{task}'")
