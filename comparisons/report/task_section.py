"""Sections of the page: the task's exhibits, and published results."""

import math

from comparisons.analysis.context import published
from comparisons.analysis.findings import by_cell
from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import mean
from comparisons.report.blocks import Block, Note
from comparisons.report.renderers import RENDERERS
from comparisons.report.run_views import UNREADABLE, exhibits
from comparisons.report.tables import plain
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
    if not found:
        return [Note("No run has recorded examples.")]
    shown, all_runs = len(part.summary.shown), len(part.done)
    if shown < all_runs:
        text = f"Of the first seeds alone: {shown:,} of {all_runs:,} runs."
        found.insert(0, Note(text))
    return found


def published_section(part: Comparison) -> list[Block]:
    task, rows = part.summary.task, published_rows(part)
    blocks: list[Block] = []
    if all(item.value is None for item in published(part.summary)):
        note = (
            "No published result on held-out data is known for this data set."
        )
        blocks.append(Note(note))
    if rows:
        table = plain(
            f"{part.slug}-published",
            f"Published results, baselines, and this comparison "
            f"({metric_name(task.metric)}, {task.better} is better; this "
            "comparison: means over seeds and frameworks)",
            ("result", "name", "metric", "value", "source"),
            rows,
            heads=2,
        )
        blocks.append(table)
    return blocks


def published_rows(part: Comparison) -> list[tuple[str, ...]]:
    """Kind, name, metric, value, and source of each result."""
    summary = part.summary
    metric = summary.task.metric
    rows = [
        ("published", item.name, item.metric, item.value, item.source)
        for item in published(summary)
    ]
    if not math.isnan(summary.noise_floor):
        floor = summary.noise_floor
        rows.append(("noise floor", "data", metric, floor, "data"))
    cells = {cell_name(c): v for c, v in by_cell(summary).items()}
    kinds = {"baseline": summary.baselines, "this comparison": cells}
    rows += [
        (kind, name, metric, mean(list(by_seed.values())), "here")
        for kind, scores in kinds.items()
        for name, by_seed in scores.items()
    ]
    return [
        (kind, name, metric_name(measure), score_text(measure, value), source)
        for kind, name, measure, value, source in rows
    ]
