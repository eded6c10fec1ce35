"""Sections of the page: the task's exhibits, and published results."""

from __future__ import annotations

import math

from comparisons.analysis.context import published
from comparisons.analysis.findings import by_cell
from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import mean
from comparisons.report.blocks import Block, Note, plain
from comparisons.report.renderers import RENDERERS
from comparisons.report.run_views import UNREADABLE, exhibits
from shared.exhibits.names import cell_name, metric_name, score_text


def task_section(part: Comparison) -> list[Block]:
    try:
        found = [
            block
            for exhibit in exhibits(part.summary)
            for block in RENDERERS[type(exhibit)](part.slug, exhibit)
        ]
    except UNREADABLE as error:
        name = type(error).__name__
        return [Note(f"The recorded examples cannot be shown: {name}: {error}")]
    return found or [Note("No run has recorded examples.")]


def published_section(part: Comparison) -> list[Block]:
    task, rows = part.summary.task, published_rows(part)
    table = plain(
        f"{part.slug}-published",
        f"Published results, baselines, and this comparison "
        f"({metric_name(task.metric)}, {task.better} is better; this "
        "comparison: means over seeds and frameworks)",
        ("result", "name", "metric", "value", "source"),
        rows,
        heads=2,
    )
    known = [item for item in published(part.summary) if item.value is not None]
    note = "No published result on held-out data is known for this data set."
    blocks: list[Block] = [] if known else [Note(note)]
    return [*blocks, table] if rows else blocks


def published_rows(
    part: Comparison,
) -> list[tuple[str, str, str, str, str]]:
    """Kind, name, metric, value, and source of each result."""
    metric = part.summary.task.metric
    rows = [
        (
            *("published", item.name, metric_name(item.metric)),
            *(score_text(item.metric, item.value), item.source),
        )
        for item in published(part.summary)
    ]
    if not math.isnan(part.summary.floor):
        floor = score_text(metric, part.summary.floor)
        rows.append(
            ("floor", "noise floor", metric_name(metric), floor, "data")
        )
    cells = {cell_name(c): v for c, v in by_cell(part.summary).items()}
    kinds = {"baseline": part.summary.baselines, "this comparison": cells}
    return rows + [
        (
            *(kind, name, metric_name(metric)),
            *(score_text(metric, mean(list(values.values()))), "here"),
        )
        for kind, samples in kinds.items()
        for name, values in samples.items()
    ]
