"""Checks of what pages state of the recorded benchmarks."""

from collections.abc import Callable
from statistics import median
from typing import Any

from comparisons.records.environment import ROOT
from comparisons.records.measurements import BenchAttention, BenchPadding
from comparisons.records.spec import Times
from comparisons.records.store import read_records
from shared.errors import UserError, unknown

TIMES: dict[type, Callable[[Any], dict[str, Times]]] = {
    BenchAttention: lambda record: {**record.steps, **record.searches},
    BenchPadding: lambda record: {
        "packed": record.packed,
        "padded": record.padded,
        "without": record.without,
    },
}
"""Type of a record -> its times by kind."""


def slower(
    file: str, framework: str, cell: str, first: str, second: str, factor: str
) -> bool:
    """Whether a step or search takes more than `factor` times another one.

    first, second: kinds of attention, or `greedy` and `beam`; `packed`,
    `padded`, or `without` lengths.
    """
    if not (ROOT / file).is_file():
        raise UserError(f"'{file}' does not exist")
    for record in read_records(ROOT / file):
        if type(record) in TIMES and record.row == (framework, cell):
            times = TIMES[type(record)](record)
            for kind in (first, second):
                if kind not in times:
                    raise UserError(unknown("kind", kind, times))
            ratio = median(times[first]) / median(times[second])
            return ratio > float(factor)
    raise UserError(f"no times of {framework} {cell} are recorded")


CHECKS = {"slower": slower}
