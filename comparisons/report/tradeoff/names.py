"""The name of each cell next to its cheapest row."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

from comparisons.analysis.loading import Comparison
from comparisons.analysis.rows import Place, Row
from comparisons.figures.point_labels import Point, between, sides
from comparisons.report.plotly.traces import label
from shared.exhibits.names import cell_name, scaled

SHIFT, ANCHORS = 12, {1: "left", 0: "center", -1: "right"}
"""Pixels from a point to its label, and where the label begins."""


def cell_names(
    part: Comparison,
    rows: Sequence[Row],
    field: str,
    front: Sequence[Row],
    intervals: Mapping[Place, tuple[float, float]],
    layout: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """Annotations of a panel, clear of its points, intervals, and front.

    intervals: in the unit of the axis; NaN where a row has none.
    """
    ends = [layout[axis].get("range") for axis in ("xaxis", "yaxis")]
    if None in ends:
        return []

    def unit(x: float, y: float) -> Point:
        known = zip((x, y), ends, strict=True)
        a, b = ((v - low) / ((high - low) or 1.0) for v, (low, high) in known)
        return a, b

    metric = part.summary.task.metric
    places = {
        row.place: (math.log10(cost), scaled(metric, row.metric_mean))
        for row in rows
        if (cost := getattr(row, field)) > 0
    }
    cheapest: dict[str, Point] = {}
    for (_, cell), point in sorted(places.items(), key=itemgetter(1)):
        cheapest.setdefault(cell, point)
    drawn = [unit(*point) for point in places.values()]
    for place, (x, y) in places.items():
        low, high = (y if math.isnan(v) else v for v in intervals[place])
        drawn += between(unit(x, low), unit(x, high))
    best = sorted(places[r.place] for r in front if r.place in places)
    for one, other in pairwise(best):
        drawn += between(unit(*one), unit(*other))
    found = sides([unit(*point) for point in cheapest.values()], drawn)
    return [
        annotation(cell_name(cell), point, side)
        for (cell, point), side in zip(cheapest.items(), found, strict=True)
        if side
    ]


def annotation(
    name: str, point: Point, side: tuple[int, int]
) -> dict[str, Any]:
    """point: the logarithm of the cost, as Plotly wants it, and the score."""
    across, up = side
    return {
        "text": label(name),
        "x": point[0],
        "y": point[1],
        "xshift": SHIFT * across,
        "yshift": SHIFT * up,
        "xanchor": ANCHORS[across],
        "yanchor": "middle",
        "showarrow": False,
    }
