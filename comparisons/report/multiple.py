"""Several comparisons of one task, such as with and without attention."""

from __future__ import annotations

from dataclasses import replace

from comparisons.analysis.loading import Comparison
from comparisons.figures.colors import DASHES
from comparisons.report.blocks import Block, plain
from comparisons.report.renderers import lines_block
from comparisons.report.run_views import UNREADABLE, exhibits
from shared.exhibits.kinds import Lines, Series
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_axis,
    scaled,
)


def tables_together(parts: list[Comparison]) -> list[Block]:
    """A table for each task of which there are several comparisons."""
    return [joint_table(name, same) for name, same in of_one_task(parts)]


def lines_together(parts: list[Comparison]) -> list[Block]:
    """A figure of each kind of line that the comparisons share."""
    return [
        block
        for _, same in of_one_task(parts)
        for lines in joined(same)
        for block in lines_block(f"together-{same[0].slug}", lines)
    ]


def of_one_task(parts: list[Comparison]) -> list[tuple[str, list[Comparison]]]:
    """The tasks of which there are several comparisons, and these."""
    tasks: dict[str, list[Comparison]] = {}
    for part in parts:
        tasks.setdefault(part.summary.task.name, []).append(part)
    return [(name, same) for name, same in tasks.items() if len(same) > 1]


def joined(parts: list[Comparison]) -> list[Lines]:
    """Lines of one name in one figure: a color per cell, a dash per part."""
    found: dict[str, list[tuple[int, Lines]]] = {}
    for place, part in enumerate(parts):
        for lines in lines_of(part):
            found.setdefault(lines.name, []).append((place, lines))
    return [
        replace(
            known[0][1],
            title=f"{known[0][1].title}, all comparisons",
            series=tuple(
                of_part(series, parts[place], place)
                for place, lines in known
                for series in lines.series
            ),
        )
        for known in found.values()
        if len(known) > 1
    ]


def lines_of(part: Comparison) -> list[Lines]:
    """The exhibits that are lines, none where they cannot be read."""
    try:
        found = exhibits(part.summary)
    except UNREADABLE:
        return []
    return [e for e in found if isinstance(e, Lines) and e.joint]


def of_part(series: Series, part: Comparison, place: int) -> Series:
    """A part's series under the part's name too."""
    return replace(
        series,
        name=f"{series.name}, {part.label}",
        cell=series.cell or series.name,
        dash=DASHES[place % len(DASHES)],
    )


def joint_table(name: str, parts: list[Comparison]) -> Block:
    """The metric and the step time of each row in each comparison."""
    rows = [{row.place: row for row in part.summary.rows} for part in parts]
    places = dict.fromkeys(place for known in rows for place in known)
    metric = parts[0].summary.task.metric
    return plain(
        f"together-{parts[0].slug}",
        f"{name}: all comparisons (differences between them are not tested)",
        (
            *("framework", "cell"),
            *(f"{metric_axis(metric)}: {part.label}" for part in parts),
            *(f"ms/step: {part.label}" for part in parts),
        ),
        [
            (
                *(framework_name(place[0]), cell_name(place[1])),
                *(
                    scaled(metric, known[place].metric_mean)
                    if place in known
                    else None
                    for known in rows
                ),
                *(
                    known[place].step_ms_median if place in known else None
                    for known in rows
                ),
            )
            for place in places
        ],
        heads=2,
    )
