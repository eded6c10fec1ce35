"""The runs of a large comparison that are shown one by one."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from comparisons.records.reading import details_of
from comparisons.records.record import RunRecord

AnyRun = TypeVar("AnyRun", bound=RunRecord)

SHOWN = 300
"""Runs of a comparison whose details are shown."""


@dataclass
class Details:
    """The details of some runs of a file, read when the first is needed.

    repeated: whether keys of the file have several records.
    """

    path: Path
    repeated: bool
    keys: set[str] = field(default_factory=set)

    @cached_property
    def by_key(self) -> dict[str, Any]:
        return details_of(self.path, self.keys, self.repeated)


def first_seeds(runs: list[AnyRun], most: int) -> list[AnyRun]:
    """The runs of the first seeds, in their order, and at most so many."""
    if len(runs) <= most:
        return runs
    rows = len({run.row for run in runs})
    seeds = sorted({run.seed for run in runs})[: max(1, most // rows)]
    return [run for run in runs if run.seed <= seeds[-1]][:most]
