"""A figure of a sweep of switches and words, which no axis of numbers has."""

from statistics import fmean

from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import BEST
from comparisons.analysis.sweeps.folders import settings_of
from comparisons.analysis.sweeps.reading import scores_of, split_of
from comparisons.analysis.sweeps.sweep import VALIDATION
from comparisons.report.blocks import Figure
from comparisons.report.plotly.axes import axes
from comparisons.report.plotly.traces import Panel, heat
from comparisons.report.tables import plain
from shared.exhibits.names import (
    cell_name,
    metric_name,
    score_phrase,
    score_text,
)

Scores = dict[str, dict[tuple[str, str], float]]
"""Cell -> values of the first option and of the others -> mean score."""


def switch_map(parts: list[Comparison]) -> list[Figure]:
    """A panel per cell: columns by the first option, rows by the others.

    None unless all folders are those of one sweep.
    """
    settings = [settings_of(part.folder.name) for part in parts]
    first, *others = settings[0]
    if any(list(one) != [first, *others] for one in settings) or not first:
        return []
    split, task = split_of(parts), parts[0].summary.task
    metric, better = task.metric, task.better
    if split == VALIDATION:
        metric, better = task.validation_metric, task.validation_better
    columns = list(dict.fromkeys(one[first] for one in settings))
    groups = [", ".join(f"{n} {one[n]}" for n in others) for one in settings]
    rows = list(dict.fromkeys(groups))
    scores: Scores = {}
    for part, one, group in zip(parts, settings, groups, strict=True):
        found: dict[str, list[float]] = {}
        for (_, cell), known in scores_of(part, split).items():
            found.setdefault(cell, []).extend(known)
        for cell, known in found.items():
            scores.setdefault(cell, {})[one[first], group] = fmean(known)
    if not scores:
        return []
    name = f"{split} {metric_name(metric)}"
    text = (
        f"{name[0].upper()}{name[1:]}: means over frameworks and seeds; the "
        "stronger the color, the better."
    )
    maps = {
        cell: [[known.get((c, r)) for c in columns] for r in rows]
        for cell, known in scores.items()
    }
    layout = axes(first, "")
    for axis in ("xaxis", "yaxis"):
        layout[axis] |= {"type": "category", "showgrid": False}
    slug = parts[0].slug
    figure = Figure(
        name=f"{slug}-switches",
        title=switch_message(scores, first, (metric, better), split),
        text=text,
        panels=tuple(
            Panel(
                cell_name(cell),
                [heat((metric, better), (columns, rows), values)],
                layout,
            )
            for cell, values in maps.items()
        ),
        table=plain(
            f"{slug}-switches-data",
            f"{name[0].upper()}{name[1:]}: mean over frameworks and seeds",
            ("cell", "setting", *(f"{first} {value}" for value in columns)),
            [
                (cell_name(cell), row, *(score_text(metric, v) for v in shown))
                for cell, values in maps.items()
                for row, shown in zip(rows, values, strict=True)
            ],
            heads=2,
        ),
    )
    return [figure]


def switch_message(
    scores: Scores, first: str, measure: tuple[str, str], split: str
) -> str:
    """The best mean and its setting; of the test split only where each is.

    Settings are chosen by validation scores.
    """
    metric, better = measure
    known = {
        (cell, *setting): score
        for cell, found in scores.items()
        for setting, score in found.items()
    }
    cell, value, group = place = BEST[better](known, key=known.__getitem__)
    setting = ", ".join(filter(None, (f"{first} {value}", group)))
    return (
        f"{cell_name(cell)} reaches the best, "
        f"{score_phrase(metric, known[place])} in {split}, with {setting}"
    )
