"""Sentences that the statistics of a summary support."""

from __future__ import annotations

import math
from collections.abc import Iterator

from comparisons.analysis.context import beside_published
from comparisons.analysis.frame import Samples, samples
from comparisons.analysis.statistics import (
    Comparison,
    compare_pairs,
    mean,
)
from comparisons.analysis.summary import Summary, best_value


def findings(summary: Summary) -> list[str]:
    """One sentence each: ranks, baselines, agreement, speed."""
    sentences: list[str] = []
    for part in PARTS:
        sentences += part(summary)
    return sentences


def ranks(summary: Summary) -> Iterator[str]:
    """How the cells compare on the metric, frameworks averaged."""
    metric = summary.task.metric
    for found in compare_pairs(by_cell(summary)):
        names = f"{found.first} and {found.second}"
        if math.isnan(found.p):
            yield f"One seed: no test can tell {names} apart on {metric}."
        elif not found.differ:
            yield f"{names} tie on {metric} ({p_text(found.p)})."
        else:
            good, bad = ordered(found, summary.task.better)
            yield f"{good} beats {bad} on {metric} ({p_text(found.p)})."


def beside_baselines(summary: Summary) -> Iterator[str]:
    """Which cells are better than the best baseline."""
    if not summary.baselines:
        return
    better = summary.task.better
    means = {n: mean(list(v.values())) for n, v in summary.baselines.items()}
    best = best_value(list(means.values()), better)
    name = next(n for n, value in means.items() if value == best)
    cells = by_cell(summary)
    both = {**cells, name: summary.baselines[name]}
    text = f"the best baseline, {name} ({best:.4g})"
    if min(map(len, both.values())) == 1:
        yield from beside_untested(cells, best, better, text)
        return
    ahead: list[str] = []
    behind: list[str] = []
    for found in compare_pairs(both, [(cell, name) for cell in cells]):
        wins = found.differ and ordered(found, better)[0] == found.first
        (ahead if wins else behind).append(found.first)
    if ahead:
        yield f"{listed(ahead)} beat {text}."
    if behind:
        yield f"{listed(behind)}: not shown to beat {text}."


def beside_untested(
    cells: dict[str, dict[int, float]], best: float, better: str, text: str
) -> Iterator[str]:
    """On which side of a baseline the cells lie, where one seed is no test."""
    sides: dict[str, list[str]] = {"better": [], "no better": []}
    for cell, values in cells.items():
        value = mean(list(values.values()))
        ahead = value != best and best_value([value, best], better) == value
        sides["better" if ahead else "no better"].append(cell)
    for word, names in sides.items():
        if names:
            yield f"One seed, so untested: {listed(names)} {word} than {text}."


def beside_floor(summary: Summary) -> Iterator[str]:
    """How far each cell is from the best that the data admits."""
    if math.isnan(summary.floor):
        return
    gaps = []
    for cell, values in by_cell(summary).items():
        ratio = mean(list(values.values())) / summary.floor
        gaps.append(f"{cell} {100 * (ratio - 1):+.1f} %")
    if gaps:
        yield (
            f"Beside the floor of the data ({summary.floor:.4g}): "
            f"{', '.join(gaps)}."
        )


def agreement(summary: Summary) -> Iterator[str]:
    """Whether the frameworks agree on the metric, cell by cell."""
    frameworks = summary.frameworks
    if len(frameworks) < 2:
        return
    parted = []
    for cell, runs in summary.done.groupby("cell", sort=False):
        parted += [
            f"{ordered(found, summary.task.better)[0]} beats "
            f"{ordered(found, summary.task.better)[1]} with {cell} "
            f"({p_text(found.p)})"
            for found in compare_pairs(samples(runs, "framework", "metric"))
            if found.differ
        ]
    metric = summary.task.metric
    if parted:
        yield f"Frameworks differ on {metric}: {'; '.join(parted)}."
    elif len(summary.done):
        yield f"No test tells the frameworks apart on {metric}."


def speeds(summary: Summary) -> Iterator[str]:
    """Ratios of step times, between cells and between frameworks."""
    for kind, other in (("framework", "cell"), ("cell", "framework")):
        for name, runs in summary.done.groupby(kind, sort=False):
            yield from _speeds_within(name, samples(runs, other, "step_ms"))


def _speeds_within(name: str, found: Samples) -> Iterator[str]:
    """The supported ratios to the fastest of one framework or cell."""
    means = {key: mean(list(v.values())) for key, v in found.items()}
    if len(means) < 2:
        return
    fastest = min(means, key=lambda key: means[key])
    pairs = [(fastest, key) for key in means if key != fastest]
    named = [
        f"{means[test.second] / means[fastest]:.2f} × faster than "
        f"{test.second} ({p_text(test.p)})"
        for test in compare_pairs(found, pairs)
        if test.differ
    ]
    if named:
        yield f"Steps, {name}: {fastest} is {listed(named)}."


def by_cell(summary: Summary) -> Samples:
    """Cell -> seed -> metric, averaged over the frameworks.

    Matched frameworks repeat one result; counting them as further samples
    would make a seed's luck look like evidence.
    """
    return samples(summary.done, "cell", "metric")


def ordered(found: Comparison, better: str) -> tuple[str, str]:
    """The better and the worse name of a comparison."""
    first_wins = found.first_mean < found.second_mean
    if better == "higher":
        first_wins = not first_wins
    names = (found.first, found.second)
    return names if first_wins else names[::-1]


def p_text(p: float) -> str:
    """A p-value in words."""
    return "p < 0.001" if p < 1e-3 else f"p = {p:.2g}"


def listed(names: list[str]) -> str:
    """a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


PARTS = (
    *(ranks, beside_baselines, beside_published, beside_floor),
    *(agreement, speeds),
)
"""What findings are made of, in their order."""
