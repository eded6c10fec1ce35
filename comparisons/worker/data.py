"""The data of a run, kept for the next run of the same seed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from shared.specs import RunSpec
from shared.task import Dataset
from shared.tasks import data_options, get_task


def load_dataset(run: RunSpec) -> Dataset:
    """The data of a run, cached for the next run of the same seed."""
    return _load(run.task, data_options(run), run.seed)


@lru_cache(maxsize=4)
def _load(task: str, options: Any, seed: int) -> Dataset:
    return get_task(task).load(options, seed)
