"""The run of a request, and its data, kept for the next run of the seed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from comparisons.frameworks import resolve_run
from shared.specs import RunSpec
from shared.task import Dataset
from shared.tasks import get_task, sized


def read_run(request: dict[str, Any]) -> RunSpec:
    """The run of a request; one written by hand may leave fields out."""
    run = resolve_run(**request)
    if "input_size" in request.get("model", {}):
        return run
    return sized(run, load_dataset(run))


def load_dataset(run: RunSpec) -> Dataset:
    """The data of a run, kept for the next run of the same seed."""
    return _load(run.task, run.data, run.seed)


@lru_cache(maxsize=4)
def _load(task: str, options: Any, seed: int) -> Dataset:
    return get_task(task).load(options, seed)
