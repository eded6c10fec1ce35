"""Sections of the page: findings and the table."""

from __future__ import annotations

import math

from comparisons.analysis.findings import findings
from comparisons.analysis.frame import ROW, samples
from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import bootstrap_interval
from comparisons.analysis.summary import mark_best
from comparisons.analysis.table import columns, notes
from comparisons.report.blocks import Block, Cell, Line, Note, Sentences, Table

FEW = 10
"""Seeds below which a bootstrap interval is said to be rough."""

SORTED_BY = {
    "framework": "framework",
    "cell": "cell",
    "H": "hidden_size",
    "parameters": "parameters",
    "baseline": "baseline",
    "train s": "train_seconds",
    "ms/step (IQR)": "step_ms_median",
    "seq/s": "samples_per_second",
    "compile s": "compile_seconds",
    "infer ms": "inference_ms",
    "MB": "peak_memory_mb",
}
"""Heading -> the field of a row by which its column is sorted."""

LOOKS = {"*": "best", "~": "tie", "": ""}
SPOKEN = {"*": "best", "~": "no test tells it from the best", "": ""}


def findings_section(part: Comparison) -> list[Block]:
    """The sentences that the statistics support."""
    sentences = tuple(findings(part.summary))
    if not part.done:
        return [Note("No run has finished: there is nothing to compare.")]
    return [Sentences(sentences)]


def table_section(part: Comparison) -> list[Block]:
    """The table of the comparison and what must be known to read it."""
    task = part.summary.task
    headings = (*columns(part.summary), "seeds", "status")
    table = Table(
        name=f"{part.slug}-results",
        caption=f"Results on {task.name}, a row for each framework and cell",
        headings=headings,
        lines=result_lines(part),
        heads=2,
        numeric=frozenset(headings) - {"framework", "cell", "status"},
        sortable=True,
        grouped=True,
    )
    return [table, *map(Note, legend(part))]


def result_lines(part: Comparison) -> tuple[Line, ...]:
    """The rows of the summary; below a mean stands its interval."""
    task, marks = part.summary.task, marks_of(part)
    lines = []
    scores, seconds = (
        samples(part.summary.done, ROW, column)
        for column in ("metric", "train_seconds")
    )
    for row in part.summary.rows:
        under = {
            task.metric: interval(scores.get(row.place, {}), 4),
            "train s": interval(seconds.get(row.place, {}), 2),
        }
        cells = []
        for heading, show in columns(part.summary).items():
            mark = marks.get(heading, {}).get(row.place, "")
            cells.append(
                Cell(
                    text=show(row).rstrip(" *~"),
                    value=getattr(row, SORTED_BY.get(heading, "metric_mean")),
                    look=LOOKS[mark],
                    spoken=SPOKEN[mark],
                    under=under.get(heading, ""),
                )
            )
        cells.append(Cell(str(row.seeds), row.seeds))
        cells.append(Cell(row.status, row.status, row.status))
        lines.append(Line(tuple(cells), *row.place))
    return tuple(lines)


def marks_of(part: Comparison) -> dict[str, dict[tuple[str, str], str]]:
    """Heading -> row -> best, tie or neither, where seeds allow a test."""
    metric = part.summary.task.metric
    times = {"train s": "train_seconds", "ms/step (IQR)": "step_ms"}
    return {metric: part.summary.marks} | {
        heading: mark_best(samples(part.summary.done, ROW, column), "lower")
        for heading, column in times.items()
    }


def interval(by_seed: dict[int, float], decimals: int) -> str:
    """The 95 % interval of a mean."""
    low, high = bootstrap_interval(list(by_seed.values()))
    return (
        "" if math.isnan(low) else f"{low:.{decimals}f} to {high:.{decimals}f}"
    )


def legend(part: Comparison) -> list[str]:
    """The notes of the table, its shades, and what the intervals are."""
    first, *rest = notes(part.summary)
    first = first.partition(";")[0]
    seeds = max((row.seeds for row in part.summary.rows), default=0)
    first += "; below a mean stands its 95 % interval." if seeds > 1 else "."
    shades = (
        "Shaded: the best, and lighter with ~ what no paired test over seeds "
        f"tells from it ({part.summary.task.metric}, training time, step "
        "time)."
    )
    return [first, shades, interval_note(seeds), *rest]


def interval_note(seeds: int) -> str:
    """What the intervals are worth with so many seeds."""
    if seeds < 2:
        return "Fewer than two seeds: there are no intervals."
    text = (
        f"Intervals: percentile bootstrap of the mean over {seeds} seeds, "
        "with a fixed seed of its own."
    )
    if seeds >= FEW:
        return text
    return (
        f"{text} With {seeds} seeds an interval is rough: it cannot reach "
        "beyond the least and the greatest seed, and so covers less than "
        "95 %."
    )
