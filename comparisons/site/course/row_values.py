"""Figures of single rows of a comparison: time and memory."""

import math

from comparisons.analysis.rows import Row
from comparisons.analysis.summary import Summary
from shared.errors import UserError


def row(found: Summary, framework: str, cell: str) -> Row:
    for one in found.rows:
        if one.place == (framework, cell):
            return one
    raise UserError(f"no run of {framework} {cell} is recorded")


def memory(found: Summary, framework: str, cell: str) -> str:
    """Peak memory of the process that trained it."""
    peak = row(found, framework, cell).peak_memory_mb
    if math.isnan(peak):
        raise UserError(f"no memory of {framework} {cell} is recorded")
    return f"{peak:,.0f} MB"


def training_time(found: Summary, framework: str, cell: str) -> str:
    """Seconds of a whole training, the mean over seeds."""
    seconds = row(found, framework, cell).train_seconds
    if math.isnan(seconds):
        raise UserError(f"no time of {framework} {cell} is recorded")
    return f"{seconds:,.3g} s"
