"""Labels next to points, each at the side where it covers least."""

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
"""In units of the width and the height of the drawing, from below."""

WIDTH, HEIGHT = 300.0, 220.0
"""Pixels of a drawing, as narrow as several side by side."""

ACROSS, UP = 28.0, 14.0
"""Pixels from a point to the middle of its label."""

HALF = 20.0
"""Pixels of half a label across."""

LEAST = 9.0
"""Pixels between the middle of a label and the next thing drawn."""

SIDES = tuple(
    (across, up)
    for across in (1, -1, 0)
    for up in (-1, 1, 0)
    if (across, up) != (0, 0)
)
"""1 right or above, -1 left or below."""


def sides(
    points: Sequence[Point], drawn: Iterable[Point]
) -> list[tuple[int, int] | None]:
    """The side of each point's label, None where there is no room.

    drawn: the points and what else a label is not to cover.
    """
    taken = [(x * WIDTH, y * HEIGHT) for x, y in drawn]
    found: list[tuple[int, int] | None] = []
    for point in points:
        middles = {side: middle(point, side) for side in SIDES}
        best = max(SIDES, key=lambda side: room(middles[side], taken))
        if room(middles[best], taken) < LEAST:
            found.append(None)
            continue
        found.append(best)
        x, y = middles[best]
        taken += [(x + end, y) for end in (-HALF, 0.0, HALF)]
    return found


def middle(point: Point, side: tuple[int, int]) -> Point:
    return point[0] * WIDTH + side[0] * ACROSS, point[1] * HEIGHT + side[1] * UP


def room(place: Point, taken: Iterable[Point]) -> float:
    """Pixels to the next thing, half as many across: a label is wide."""
    x, y = place
    inside = HALF < x < WIDTH - HALF and UP / 2 < y < HEIGHT - UP / 2
    if not inside:
        return 0.0
    gaps = [math.hypot((x - a) / 2, y - b) for a, b in taken]
    return min(gaps, default=math.inf)


def between(start: Point, end: Point, count: int = 12) -> list[Point]:
    """Points along a line."""
    return [
        (
            start[0] + (end[0] - start[0]) * n / count,
            start[1] + (end[1] - start[1]) * n / count,
        )
        for n in range(count + 1)
    ]
