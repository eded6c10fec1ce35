"""Comparisons that differ in one number: their metric over that number."""

from typing import Any

import numpy as np

from comparisons.analysis.loading import Comparison
from comparisons.analysis.rows import Place
from comparisons.analysis.statistics import mean
from comparisons.analysis.sweeps.sweep import (
    CHOSEN,
    TEST,
    VALIDATION,
    Point,
    Sweep,
)
from comparisons.records.spec import PARTS

RUN_OPTIONS = ("preset", "init", "precision")


def sweep_of(parts: list[Comparison]) -> Sweep | None:
    """The sweep of the parts of one task; None where no number differs."""
    options = [options_of(part) for part in parts]
    differ = differing(parts, options)
    numbers = [
        name
        for name in differ
        if all(type(values.get(name)) in (int, float) for values in options)
    ]
    if not numbers:
        return None
    option = max(numbers, key=lambda n: len({values[n] for values in options}))
    others = [name for name in differ if name != option]
    split = VALIDATION if invites_choice(parts, differ) else TEST
    task = parts[0].summary.task
    lines: dict[tuple[str, str, str], list[Point]] = {}
    baseline: dict[float, float] = {}
    for part, values in sorted(
        zip(parts, options, strict=True), key=lambda pair: pair[1][option]
    ):
        group = ", ".join(setting(name, values.get(name)) for name in others)
        value = float(values[option])
        for place, scores in scores_of(part, split).items():
            known = np.array(scores)
            point = Point(value, mean(known), known.min(), known.max())
            lines.setdefault((*place, group), []).append(point)
        if part.summary.baselines and split == TEST:
            baseline[value] = part.summary.best_baseline
    metric, better = task.metric, task.better
    if split == VALIDATION:
        metric, better = task.validation_metric, task.validation_better
    other = others[0].replace("_", " ") if len(others) == 1 else ""
    return Sweep(option, metric, better, lines, baseline, split, other)


def split_of(parts: list[Comparison]) -> str:
    """Where the scores of settings are compared."""
    differ = differing(parts, [options_of(part) for part in parts])
    return VALIDATION if invites_choice(parts, differ) else TEST


def setting(name: str, value: Any) -> str:
    """An option with its value: init matched, layer norm off."""
    known = {True: "on", False: "off"} if isinstance(value, bool) else {}
    return f"{name.replace('_', ' ')} {known.get(value, value)}"


def options_of(part: Comparison) -> dict[str, Any]:
    """Option -> its value, of the first run of a comparison."""
    spec, given = part.records[0].spec, part.records[0].overrides
    values = {name: getattr(spec, name) for name in RUN_OPTIONS}
    for kind in PARTS:
        values |= getattr(spec, kind) | getattr(given, kind)
    return values


def differing(
    parts: list[Comparison], options: list[dict[str, Any]]
) -> list[str]:
    """The options that were given and in which the parts differ."""
    names = list(RUN_OPTIONS)
    for part in parts:
        for kind in PARTS:
            names += getattr(part.records[0].overrides, kind)
    return [
        name
        for name in dict.fromkeys(names)
        if len({str(values.get(name)) for values in options}) > 1
    ]


def invites_choice(parts: list[Comparison], differ: list[str]) -> bool:
    """Whether an option of model or training varies, and all are validated."""
    chosen = {
        name
        for part in parts
        for kind in CHOSEN
        for name in getattr(part.records[0].overrides, kind)
    }
    return not chosen.isdisjoint(differ) and all(
        run.validation is not None for part in parts for run in part.done
    )


def scores_of(part: Comparison, split: str) -> dict[Place, list[float]]:
    """Framework and cell -> the score of each seed on this split."""
    found: dict[Place, list[float]] = {}
    for run in part.done:
        score = run.scores[part.summary.task.metric]
        if split == VALIDATION and run.validation is not None:
            score = run.validation
        found.setdefault(run.row, []).append(score)
    return found
