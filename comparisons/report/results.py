"""Sections of the page: findings and the results table."""

import math
from collections.abc import Callable

from comparisons.analysis.effects.marks import marks
from comparisons.analysis.exports.latex import caption
from comparisons.analysis.findings import sentences
from comparisons.analysis.frame import ROW, Samples
from comparisons.analysis.loading import Comparison
from comparisons.analysis.notes import notes
from comparisons.analysis.results import columns
from comparisons.analysis.rows import Place, Row
from comparisons.analysis.statistics import (
    MANY,
    best_name,
    bootstrap_interval,
    means,
)
from comparisons.analysis.summary import Summary
from comparisons.report.blocks import (
    Block,
    Cell,
    Note,
    Sentences,
    Table,
    TableRow,
)
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
    "GPU MB": "device_memory_mb",
    "machine": "machine",
}
"""Heading -> the field of a row by which its column is sorted."""

WORDS = ("framework", "cell", "machine")
"""Headings of columns of words."""

SHOWN = 6
"""Columns that are shown at once."""


def ordered(summary: Summary) -> dict[str, Callable[[Row], str]]:
    """The columns of the table, those that are read first in front."""
    found = columns(summary)
    name = metric_name(summary.task.metric)
    first = (
        "framework",
        "cell",
        name,
        "parameters",
        "ms/step (IQR)",
        "train s",
    )
    return {
        heading: found[heading] for heading in dict.fromkeys((*first, *found))
    }


def findings_section(part: Comparison) -> list[Block]:
    if not part.done:
        return [Note("No run has finished.")]
    return [Sentences(tuple(sentences(part.summary)))]


def table_section(part: Comparison) -> list[Block]:
    """The results table; notes on it, its shades, and its intervals."""
    summary = part.summary
    headings = (*ordered(summary), "seeds", "status")
    done = all(row.status == "ok" for row in summary.rows)
    shown = {*headings[:SHOWN], *(() if done else ("status",))}
    table = Table(
        name=f"{part.slug}-results",
        caption=f"Results on {summary.task.name} by framework and cell",
        headings=headings,
        rows=result_rows(part),
        heads=2,
        numeric=frozenset(headings) - {*WORDS, "status"},
        sortable=True,
        grouped=True,
        more=frozenset(headings) - shown,
        latex=caption(summary),
    )
    first, *others = notes(summary)
    shades = (
        f"Shaded: the best {metric_name(summary.task.metric)}, and lighter "
        "what does not differ significantly from it; the least training time "
        "and the least step time (tested under Findings)."
    )
    seeds = max((row.seeds for row in summary.rows), default=0)
    intervals = "One seed: no intervals."
    if seeds > 1:
        method = "percentile bootstrap" if seeds <= MANY else "normal"
        intervals = (
            f"Below a mean: its 95 % interval, {method} over {seeds:,} seeds."
        )
    if 1 < seeds < FEW:
        intervals += (
            f" With {seeds} seeds the interval is rough: it cannot exceed "
            "the range of the seeds and covers less than 95 %."
        )
    return [table, *map(Note, (first, shades, intervals, *others))]


def result_rows(part: Comparison) -> tuple[TableRow, ...]:
    """The rows of the summary; below a mean is its interval."""
    summary = part.summary
    known = metric(summary.task.metric)
    scores, seconds, steps = (
        summary.samples(ROW, column)
        for column in ("metric", "train_seconds", "step_ms")
    )
    shades = {
        known.name: marks(summary),
        "train s": least(seconds),
        "ms/step (IQR)": least(steps),
    }
    rows = []
    for row in summary.rows:
        values = [known.scale * v for v in scores.get(row.place, {}).values()]
        form = known.form(max(values, default=0.0))
        times = list(seconds.get(row.place, {}).values())
        under = {
            known.name: interval(values, form),
            "train s": interval(times, ".2f"),
        }
        cells = []
        for heading, show in ordered(summary).items():
            value = getattr(row, SORTED_BY.get(heading, "metric_mean"))
            if heading in (known.name, "best baseline"):
                value *= known.scale
            cells.append(
                Cell(
                    show(row).rstrip(" *~"),
                    value,
                    mark=shades.get(heading, {}).get(row.place, ""),
                    under=under.get(heading, ""),
                )
            )
        cells.append(Cell(str(row.seeds), row.seeds))
        cells.append(Cell(row.status, row.status, status=row.status))
        rows.append(TableRow(tuple(cells), *row.place))
    return tuple(rows)


def least(found: Samples) -> dict[Place, str]:
    """The mark of the least mean; times are tested as ratios."""
    average = means(found)
    return {best_name(average, "lower"): "*"} if average else {}


def interval(values: list[float], form: str) -> str:
    low, high = bootstrap_interval(values)
    return "" if math.isnan(low) else f"{low:{form}} to {high:{form}}"
