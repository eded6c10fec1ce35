"""Several comparisons of one task, such as of several machines, in a table."""

from __future__ import annotations

from comparisons.report.blocks import Block, plain
from comparisons.report.reading import Part

SHOWN = {"metric_mean": "{metric}", "step_ms_median": "ms/step"}
"""Field of a row -> its heading."""


def tables_together(parts: list[Part]) -> list[Block]:
    """A table for each task of which there are several comparisons."""
    tasks: dict[str, list[Part]] = {}
    for part in parts:
        tasks.setdefault(part.summary.task.name, []).append(part)
    return [beside(name, same) for name, same in tasks.items() if len(same) > 1]


def beside(name: str, parts: list[Part]) -> Block:
    """The metric and the step time of each row in each comparison."""
    rows = [
        {(row["framework"], row["cell"]): row for row in part.summary.rows}
        for part in parts
    ]
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
                    known[place][field] if place in known else None
                    for field in SHOWN
                    for known in rows
                ),
            )
            for place in places
        ],
        heads=2,
    )
