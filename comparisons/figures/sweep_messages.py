"""What the pictures of a sweep say, each in a sentence that is its title."""

import numpy as np

from comparisons.analysis.statistics import BEST
from comparisons.analysis.sweeps.sweep import VALIDATION, Sweep
from comparisons.analysis.wording import listed
from shared.exhibits.names import (
    cell_name,
    metric_name,
    row_name,
    score_phrase,
    score_text,
)


def sweep_message(sweep: Sweep) -> str:
    """The best choice, or how the problem's scores go with the option."""
    name, values = sweep.option_name, sweep.values
    if sweep.split == VALIDATION:
        place, point = best_point(sweep)
        score = score_phrase(sweep.metric, point[1])
        group = f", {place[2]}" if place[2] else ""
        return (
            f"{row_name(*place[:2])} reaches the best, {score} in validation, "
            f"at {name} {point[0]:g}{group}"
        )
    ends = [
        f"{cell_name(cell)} {score_text(sweep.metric, first)} to "
        f"{score_text(sweep.metric, last)}"
        for cell, (first, last) in end_scores(sweep).items()
    ]
    shown = metric_name(sweep.metric)
    return (
        f"{shown[0].upper()}{shown[1:]} from {name} {values[0]:g} to "
        f"{values[-1]:g}: {', '.join(ends)}"
    )


def best_point(
    sweep: Sweep,
) -> tuple[tuple[str, str, str], tuple[float, float]]:
    """The line and the point of the best mean."""
    points = {
        (place, point.value): point.mean
        for place, line in sweep.lines.items()
        for point in line
    }
    place, value = BEST[sweep.better](points, key=points.__getitem__)
    return place, (value, points[place, value])


def end_scores(sweep: Sweep) -> dict[str, tuple[float, float]]:
    """Cell -> its mean at the first and at the last value of the option."""
    found = {}
    for cell, rows in sweep.maps().items():
        first, last = ([row[end] for row in rows] for end in (0, -1))
        found[cell] = sum(first) / len(first), sum(last) / len(last)
    return found


def map_message(sweep: Sweep) -> str:
    """The scores of the other option's values at the last of the first.

    The last at which a cell has all of them; without one, the best of all.
    """
    scores = np.array(list(sweep.maps().values()))  # (cells, groups, values)
    complete = np.isfinite(scores).all(axis=1)  # (cells, values)
    if not complete.any():
        place, (value, score) = best_point(sweep)
        return (
            f"{row_name(*place[:2])} reaches the best, "
            f"{score_phrase(sweep.metric, score)}, at {sweep.option_name} "
            f"{value:g}, {place[2]}"
        )
    last = int(np.flatnonzero(complete.any(axis=0))[-1])
    means = scores[complete[:, last], :, last].mean(axis=0)
    ends = [
        f"{score_text(sweep.metric, mean)} with {group}"
        for mean, group in zip(means, sweep.groups, strict=True)
    ]
    return (
        f"At {sweep.option_name} {sweep.values[last]:g}, cells reach on "
        f"average {listed(ends)}"
    )
