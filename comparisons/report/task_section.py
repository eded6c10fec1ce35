"""Sections of the page: what the task shows, and published figures."""

from __future__ import annotations

import math

from comparisons.analysis.context import published
from comparisons.analysis.findings import by_cell
from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import mean
from comparisons.report.blocks import Block, Note, plain
from comparisons.report.renderers import RENDERERS
from comparisons.report.run_views import UNREADABLE, exhibits


def task_section(part: Comparison) -> list[Block]:
    """What the task shows of its finished runs."""
    try:
        found = [
            block
            for exhibit in exhibits(part.summary)
            for block in RENDERERS[type(exhibit)](part.slug, exhibit)
        ]
    except UNREADABLE as error:
        name = type(error).__name__
        return [Note(f"The recorded details cannot be shown: {name}: {error}")]
    return found or [Note("No recorded run has details to show.")]


def published_section(part: Comparison) -> list[Block]:
    """What others report for the data, baselines, and our own means."""
    task, rows = part.summary.task, published_rows(part)
    table = plain(
        f"{part.slug}-published",
        f"Published figures, baselines and ours ({task.metric}, "
        f"{task.better} is better; ours: means over seeds and frameworks)",
        ("of", "name", "metric", "value", "source"),
        rows,
        heads=2,
    )
    known = [item for item in published(part.summary) if item.value is not None]
    note = "No published figure on held-out data is known for this data set."
    blocks: list[Block] = [] if known else [Note(note)]
    return [*blocks, table] if rows else blocks


def published_rows(
    part: Comparison,
) -> list[tuple[str, str, str, float | None, str]]:
    """What a figure is of, its name, metric, value and source."""
    task = part.summary.task
    rows: list[tuple[str, str, str, float | None, str]] = [
        ("published", item.name, item.metric, item.value, item.source)
        for item in published(part.summary)
    ]
    if not math.isnan(part.summary.floor):
        text = "the best that the data admits"
        rows.append(("floor", text, task.metric, part.summary.floor, "data"))
    means = {"baseline": part.summary.baselines, "ours": by_cell(part.summary)}
    return rows + [
        (kind, name, task.metric, mean(list(values.values())), "here")
        for kind, samples in means.items()
        for name, values in samples.items()
    ]
