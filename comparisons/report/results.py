"""Sections of the page: findings and the results table."""

from __future__ import annotations

import math

from comparisons.analysis.findings import sentences
from comparisons.analysis.frame import ROW, samples
from comparisons.analysis.loading import Comparison
from comparisons.analysis.notes import notes
from comparisons.analysis.results import columns
from comparisons.analysis.rows import mark_best
from comparisons.analysis.statistics import bootstrap_interval
from comparisons.report.blocks import Block, Cell, Line, Note, Sentences, Table
from shared.exhibits.names import metric, metric_name

FEW = 10
"""Seeds below which a bootstrap interval is called rough."""

SORTED_BY = {
    "framework": "framework",
    "cell": "cell",
    "hidden": "hidden_size",
    "parameters": "parameters",
    "best baseline": "best_baseline",
    "train s": "train_seconds",
    "ms/step (IQR)": "step_ms_median",
    "seqs/s": "seqs_per_second",
    "compile s": "compile_seconds",
    "latency ms (B=1)": "latency_ms",
    "peak MB": "peak_memory_mb",
}
"""Heading -> the field of a row by which its column is sorted."""

LOOKS = {"*": "best", "~": "tie", "": ""}
SPOKEN = {"*": "best", "~": "not significantly different from the best", "": ""}


def findings_section(part: Comparison) -> list[Block]:
    if not part.done:
        return [Note("No run has finished.")]
    return [Sentences(tuple(sentences(part.summary)))]


def table_section(part: Comparison) -> list[Block]:
    """The results table and its notes."""
    task = part.summary.task
    headings = (*columns(part.summary), "seeds", "status")
    table = Table(
        name=f"{part.slug}-results",
        caption=f"Results on {task.name} by framework and cell",
        headings=headings,
        lines=result_lines(part),
        heads=2,
        numeric=frozenset(headings) - {"framework", "cell", "status"},
        sortable=True,
        grouped=True,
    )
    return [table, *map(Note, legend(part))]


def result_lines(part: Comparison) -> tuple[Line, ...]:
    """The rows of the summary; below a mean is its interval."""
    task, marks = part.summary.task, marks_of(part)
    lines = []
    scores, seconds = (
        samples(part.summary.done, ROW, column)
        for column in ("metric", "train_seconds")
    )
    for row in part.summary.rows:
        under = {
            metric_name(task.metric): score_interval(
                task.metric, scores.get(row.place, {})
            ),
            "train s": interval(seconds.get(row.place, {})),
        }
        cells = []
        for heading, show in columns(part.summary).items():
            mark = marks.get(heading, {}).get(row.place, "")
            value = getattr(row, SORTED_BY.get(heading, "metric_mean"))
            if heading not in SORTED_BY or heading == "best baseline":
                value *= metric(task.metric).scale
            cells.append(
                Cell(
                    text=show(row).rstrip(" *~"),
                    value=value,
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
    """Heading -> row -> "*", "~", or ""."""
    metric = metric_name(part.summary.task.metric)
    times = {"train s": "train_seconds", "ms/step (IQR)": "step_ms"}
    return {metric: part.summary.marks} | {
        heading: mark_best(samples(part.summary.done, ROW, column), "lower")
        for heading, column in times.items()
    }


def interval(by_seed: dict[int, float], form: str = ".2f") -> str:
    """The 95 % interval of a mean."""
    low, high = bootstrap_interval(list(by_seed.values()))
    return "" if math.isnan(low) else f"{low:{form}} to {high:{form}}"


def score_interval(name: str, by_seed: dict[int, float]) -> str:
    """The 95 % interval of a mean score."""
    known = metric(name)
    scaled = {s: known.scale * value for s, value in by_seed.items()}
    return interval(scaled, known.form(max(scaled.values(), default=0.0)))


def legend(part: Comparison) -> list[str]:
    """The notes of the table, its shades, and its intervals."""
    first, *rest = notes(part.summary)
    seeds = max((row.seeds for row in part.summary.rows), default=0)
    shades = (
        "Shaded: the best, and lighter what does not differ significantly "
        f"from it, in {metric_name(part.summary.task.metric)}, training time, "
        "and step time."
    )
    return [first, shades, interval_note(seeds), *rest]


def interval_note(seeds: int) -> str:
    if seeds < 2:
        return "One seed: no intervals."
    text = (
        "Below a mean: its 95 % interval, percentile bootstrap over "
        f"{seeds} seeds."
    )
    if seeds >= FEW:
        return text
    return (
        f"{text} With {seeds} seeds the interval is rough: it cannot exceed "
        "the range of the seeds and covers less than 95 %."
    )
