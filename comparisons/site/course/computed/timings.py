"""Checks of what pages state of the recorded benchmarks."""

from statistics import median

from comparisons.records.environment import ROOT
from comparisons.records.measurements import BenchAttention
from comparisons.records.store import read_records
from shared.errors import UserError, unknown


def slower(
    file: str, framework: str, cell: str, first: str, second: str, factor: str
) -> bool:
    """Whether a step or search takes more than `factor` times another one.

    first, second: kinds of attention, or `greedy` and `beam`.
    """
    if not (ROOT / file).is_file():
        raise UserError(f"'{file}' does not exist")
    for record in read_records(ROOT / file):
        if not isinstance(record, BenchAttention):
            continue
        if record.row == (framework, cell):
            times = {**record.steps, **record.searches}
            for kind in (first, second):
                if kind not in times:
                    raise UserError(unknown("kind", kind, times))
            ratio = median(times[first]) / median(times[second])
            return ratio > float(factor)
    raise UserError(f"no times of {framework} {cell} are recorded")


CHECKS = {"slower": slower}
