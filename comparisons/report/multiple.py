"""Several comparisons of one task, such as with and without attention."""

from __future__ import annotations

from dataclasses import replace

from comparisons.analysis.loading import Comparison
from comparisons.figures.colors import DASHES
from comparisons.report.blocks import Block, plain
from comparisons.report.renderers import lines_block
from comparisons.report.run_views import UNREADABLE, exhibits
from shared.exhibits.kinds import Lines, Series

SHOWN = {"metric_mean": "{metric}", "step_ms_median": "ms/step"}
"""Field of a row -> its heading."""


def tables_together(parts: list[Comparison]) -> list[Block]:
    """A table for each task of which there are several comparisons."""
    return [beside(name, same) for name, same in of_one_task(parts)]


def lines_together(parts: list[Comparison]) -> list[Block]:
    """A drawing of each kind of line that comparisons are to share."""
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
    """Lines of one name in one drawing: a colour a cell, a dash a part."""
    found: dict[str, list[tuple[int, Lines]]] = {}
    for place, part in enumerate(parts):
        for lines in lines_of(part):
            found.setdefault(lines.name, []).append((place, lines))
    return [
        replace(
            known[0][1],
            title=f"{known[0][1].title}: the comparisons beside each other",
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
    """What the task shows as lines; the part itself says what it cannot."""
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


def beside(name: str, parts: list[Comparison]) -> Block:
    """The metric and the step time of each row in each comparison."""
    rows = [{row.place: row for row in part.summary.rows} for part in parts]
    places = dict.fromkeys(place for known in rows for place in known)
    return plain(
        f"together-{parts[0].slug}",
        f"{name}: the comparisons beside each other; no test compares them",
        (
            *("framework", "cell"),
            *(
                f"{heading.format(metric=part.summary.task.metric)}: "
                f"{part.label}"
                for heading in SHOWN.values()
                for part in parts
            ),
        ),
        [
            (
                *place,
                *(
                    getattr(known[place], field) if place in known else None
                    for field in SHOWN
                    for known in rows
                ),
            )
            for place in places
        ],
        heads=2,
    )
