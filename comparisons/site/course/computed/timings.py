"""Checks of what pages state of the recorded benchmarks."""

from collections.abc import Callable
from statistics import median
from typing import Any

from comparisons.bench.map.table import Ratio, path_times
from comparisons.records.environment import ROOT
from comparisons.records.measurements import (
    BenchAttention,
    BenchPadding,
    BenchPaths,
)
from comparisons.records.spec import Times
from comparisons.records.store import read_records
from shared.errors import UserError, unknown

TIMES: dict[type, Callable[[Any], dict[str, Times]]] = {
    BenchAttention: lambda record: {**record.steps, **record.searches},
    BenchPadding: lambda record: {
        "packed": record.packed,
        "padded": record.padded,
        "without": record.without,
        "by_hand": record.by_hand,
    },
}
"""Type of a record -> its times by kind."""


def slower(
    file: str, framework: str, cell: str, first: str, second: str, factor: str
) -> bool:
    """Whether a step or search takes more than `factor` times another one.

    first, second: kinds of attention, or `greedy` and `beam`; `packed`,
    `padded`, `without` lengths, or with them `by_hand`.
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


VERDICTS: dict[str, Callable[[Ratio], bool]] = {
    "faster": lambda ratio: ratio.high < 1,
    "slower": lambda ratio: ratio.low > 1,
    "not-slower": lambda ratio: ratio.low <= 1,
}
"""What a page says of gradients by hand -> whether an interval says so."""


def by_hand(
    file: str, framework: str, cell: str, sizes: str, verdict: str
) -> bool:
    """Whether gradients by hand are `verdict`, with any number of threads.

    sizes: numbers of hidden units H, with commas between them.
    """
    if verdict not in VERDICTS:
        raise UserError(unknown("verdict", verdict, VERDICTS))
    if not (ROOT / file).is_file():
        raise UserError(f"'{file}' does not exist")
    records = [
        record
        for record in read_records(ROOT / file)
        if isinstance(record, BenchPaths) and record.row == (framework, cell)
    ]
    found = {size: list[bool]() for size in map(int, sizes.split(","))}
    for one in path_times(records):
        hidden = one.record.sizes["hidden_size"]
        if one.ratio is not None and hidden in found:
            found[hidden].append(VERDICTS[verdict](one.ratio))
    if not all(found.values()):
        raise UserError(f"not every H of {framework} {cell} is recorded")
    return all(map(all, found.values()))


CHECKS = {"slower": slower, "by-hand": by_hand}
