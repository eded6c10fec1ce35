"""What the learning curves say, in a sentence that is their title."""

import math
from collections.abc import Sequence

from comparisons.analysis.curves import Curve, curves_of
from comparisons.analysis.statistics import BEST
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import listed
from comparisons.figures.messages import short
from shared.exhibits.names import cell_name, metric, row_name, score_phrase


def mean_curves(summary: Summary) -> dict[str, list[float]]:
    """Name -> its validation metric by epoch.

    Frameworks that train one model are averaged, others are rows of their own.
    """
    found: dict[str, list[Curve]] = {}
    for (framework, cell), curve in curves_of(summary).items():
        matched = summary.matched
        name = cell_name(cell) if matched else row_name(framework, cell)
        found.setdefault(name, []).append(curve)
    return {
        name: [sum(v) / len(v) for v in zip(*(one.mean for one in curves))]
        for name, curves in found.items()
    }


def target(summary: Summary) -> float:
    """The best validation metric that every curve reaches."""
    better = summary.task.validation_better
    other = {"lower": "higher", "higher": "lower"}[better]
    bests = [BEST[better](curve) for curve in mean_curves(summary).values()]
    worst: float = BEST[other](bests)
    return worst


def passed(values: Sequence[float], level: float, better: str) -> int | None:
    """The first place at which a curve is as good as this."""
    sign = 1.0 if better == "higher" else -1.0
    good = (n for n, v in enumerate(values) if sign * (v - level) >= 0.0)
    return next(good, None)


def in_validation(summary: Summary, level: float) -> str:
    """82.7 % accuracy in validation."""
    name = summary.task.validation_metric
    return f"{score_phrase(name, level / metric(name).scale)} in validation"


def epochs_message(summary: Summary) -> str:
    """Which cells are first to be as good as all become."""
    curves, level = mean_curves(summary), target(summary)
    better = summary.task.validation_better
    when = {name: passed(v, level, better) for name, v in curves.items()}
    known = {name: epoch for name, epoch in when.items() if epoch is not None}
    first = min(known.values())
    names = [name for name, epoch in known.items() if epoch == first]
    score = in_validation(summary, level)
    epochs = f"{first + 1} epoch{'s' * (first > 0)}"
    if len(names) == len(curves):
        who = "All reach" if len(names) > 1 else f"{names[0]} reaches"
        return f"{who} {score} after {epochs}"
    verb = "is" if len(names) == 1 else "are"
    return f"{listed(names)} {verb} first to reach {score}, after {epochs}"


def seconds_message(summary: Summary) -> str:
    """Which row is the first in seconds of training."""
    level, better = target(summary), summary.task.validation_better
    when = {
        place: curve.seconds[epoch]
        for place, curve in curves_of(summary).items()
        if (epoch := passed(curve.mean, level, better)) is not None
        and not math.isnan(curve.seconds[epoch])
    }
    score = in_validation(summary, level)
    if not when:
        return f"No single row reaches {score}"
    place = min(when, key=when.__getitem__)
    verb = "is first to reach" if len(when) > 1 else "reaches"
    return f"{row_name(*place)} {verb} {score}, after {short(when[place])} s"
