"""`{value}`: figures of single rows of a comparison."""

import math

from comparisons.analysis.frame import ROW
from comparisons.analysis.rows import Row
from comparisons.analysis.speed.ratios import form_of, ratios
from comparisons.analysis.summary import Summary
from shared.errors import UserError
from shared.exhibits.names import score_text


def row(found: Summary, framework: str, cell: str) -> Row:
    for one in found.rows:
        if one.place == (framework, cell):
            return one
    raise UserError(f"no run of {framework} {cell} is recorded")


def score_in(found: Summary, framework: str, cell: str) -> str:
    """The test score of a cell in one framework, the mean over seeds."""
    value = row(found, framework, cell).metric_mean
    return score_text(found.task.metric, value)


def step(found: Summary, framework: str, cell: str) -> str:
    """Median milliseconds of a training step."""
    time = row(found, framework, cell).step_ms_median
    if math.isnan(time):
        raise UserError(f"no time of {framework} {cell} is recorded")
    return f"{time:.3g} ms"


def step_ratio(found: Summary, framework: str, first: str, second: str) -> str:
    """How many times as long a training step of the first cell takes."""
    times = found.samples(ROW, "step_ms")
    pair = (framework, second), (framework, first)
    if not all(place in times for place in pair):
        raise UserError(f"no times of {framework} {first} and {second}")
    (one,) = ratios(times, [pair])
    form = form_of(one.value)
    if one.rounds < 2:
        return f"{one.value:{form}} (one round, no interval)"
    interval = f"{one.low:{form}} to {one.high:{form}}"
    return (
        f"{one.value:{form}} (95 % CI {interval}; {one.rounds} rounds, not "
        f"corrected for others)"
    )


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
