"""Sentences that the statistics of a summary support."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

from comparisons.analysis.context import outperformed_published
from comparisons.analysis.frame import ROW, Samples, samples
from comparisons.analysis.statistics import (
    PairedTest,
    best_name,
    best_value,
    compare_pairs,
    means,
)
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import (
    BETTER,
    OPEN,
    UNTESTED,
    WORSE,
    Finding,
    listed,
    p_text,
)
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)


def findings(summary: Summary) -> list[Finding]:
    """Cells, baselines, published results, frameworks, and speed."""
    return [
        *compare_cells(summary),
        *compare_baselines(summary),
        *(Finding("published", t) for t in outperformed_published(summary)),
        *compare_floor(summary),
        *compare_frameworks(summary),
        *compare_speeds(summary),
    ]


def sentences(summary: Summary) -> list[str]:
    return [finding.text for finding in findings(summary)]


def by_cell(summary: Summary) -> Samples:
    """Cell -> seed -> metric, averaged over the frameworks.

    Matched frameworks repeat one result; counting them as further samples
    would make a seed's luck appear as evidence.
    """
    return samples(summary.done, "cell", "metric")


def compare_cells(summary: Summary) -> Iterator[Finding]:
    """Every pair of cells on the metric, frameworks averaged."""
    task, metric = summary.task, metric_name(summary.task.metric)
    tests = compare_pairs(by_cell(summary))
    untested = [test for test in tests if not test.tested]
    if untested:
        pairs = ((test.first, test.second) for test in untested)
        names = tuple(dict.fromkeys(itertools.chain(*pairs)))
        text = not_tested(untested, metric, listed(map(cell_name, names)))
        yield Finding("cells", text, UNTESTED, names)
    for test in tests:
        names = test.first, test.second
        if test.differ:
            good, bad = ordered(test, task.better)
            average = dict(zip(names, (test.first_mean, test.second_mean)))
            text = (
                f"{cell_name(good)} outperforms {cell_name(bad)} in {metric}: "
                f"{score_text(task.metric, average[good])} against "
                f"{score_text(task.metric, average[bad])} ({tested(test)})."
            )
            yield Finding("cells", text, BETTER, (good, bad), test.p)
        elif test.tested:
            text = (
                f"No significant difference in {metric} between "
                f"{listed(map(cell_name, names))} ({tested(test)})."
            )
            yield Finding("cells", text, OPEN, names, test.p)


def ordered(test: PairedTest[Any], better: str) -> tuple[Any, Any]:
    """The better and the worse name."""
    pair = (test.first, test.second)
    lower_first = test.first_mean < test.second_mean
    return pair if lower_first == (better == "lower") else pair[::-1]


def tested(test: PairedTest[Any]) -> str:
    return f"{p_text(test.p)}, {test.seeds} seeds"


def not_tested(tests: list[PairedTest[Any]], metric: str, what: str) -> str:
    one = all(test.seeds == 1 for test in tests)
    few = "One seed" if one else "Fewer than two shared seeds"
    return f"{few}: differences in {metric} between {what} are not tested."


def compare_baselines(summary: Summary) -> Iterator[Finding]:
    """Each cell and the best baseline."""
    if not summary.baselines:
        return
    task, cells = summary.task, by_cell(summary)
    baselines = means(summary.baselines)
    name = best_name(baselines, task.better)
    best, average = baselines[name], means(cells)
    groups: dict[tuple[bool, str], list[str]] = {}
    for test in compare_pairs(
        {**cells, name: summary.baselines[name]}, [(c, name) for c in cells]
    ):
        own = average[test.first]
        ahead = own != best and best_value([own, best], task.better) == own
        is_open = test.tested and not test.differ
        verdict = OPEN if is_open else BETTER if ahead else WORSE
        groups.setdefault((test.tested, verdict), []).append(test.first)
    baseline = (
        f"the best baseline ({name}: {metric_name(task.metric)} "
        f"{score_text(task.metric, best)})"
    )
    for (is_tested, verdict), names in groups.items():
        text = versus(names, verdict, baseline, is_tested)
        found = verdict if is_tested else UNTESTED
        yield Finding("baseline", text, found, (*names, name))


def versus(
    cells: list[str], verdict: str, baseline: str, is_tested: bool
) -> str:
    names, one = listed(map(cell_name, cells)), len(cells) == 1
    outperform = f"outperform{'s' * one}"
    if not is_tested:
        if verdict == WORSE:
            outperform = f"do{'es' * one} not outperform"
        return f"One seed, no test: {names} {outperform} {baseline}."
    if verdict == OPEN:
        return f"No significant difference from {baseline}: {names}."
    if verdict == BETTER:
        return f"{names} {outperform} {baseline}."
    return f"{names} perform{'s' * one} worse than {baseline}."


def compare_floor(summary: Summary) -> Iterator[Finding]:
    """The distance of each cell from the best that the data admits."""
    metric, floor = summary.task.metric, summary.floor
    gaps = [
        f"{cell_name(cell)} {100 * (value / floor - 1):+.1f} %"
        for cell, value in means(by_cell(summary)).items()
    ]
    if gaps and not math.isnan(floor):
        shown = f"{metric_name(metric)} {score_text(metric, floor)}"
        text = f"Relative to the noise floor ({shown}): {', '.join(gaps)}."
        yield Finding("floor", text)


def compare_frameworks(summary: Summary) -> Iterator[Finding]:
    """The frameworks on the metric; all cells are one family of tests."""
    found = samples(summary.done, ROW, "metric")
    pairs = [
        (one, other)
        for one, other in itertools.combinations(found, 2)
        if one[1] == other[1]
    ]
    if not pairs:
        return
    metric = metric_name(summary.task.metric)
    tests = compare_pairs(found, pairs)
    known = [test for test in tests if test.tested]
    names = tuple(dict.fromkeys(framework for framework, _ in found))
    if not known:
        text = not_tested(tests, metric, "frameworks")
        yield Finding("frameworks", text, UNTESTED, names)
        return
    for test in known:
        if test.differ:
            (good, cell), (bad, _) = ordered(test, summary.task.better)
            text = (
                f"With {cell_name(cell)}, {framework_name(good)} outperforms "
                f"{framework_name(bad)} in {metric} ({tested(test)})."
            )
            yield Finding("frameworks", text, BETTER, (good, bad, cell), test.p)
    if not any(test.differ for test in known):
        text = (
            f"No significant difference in {metric} between frameworks "
            f"({len(known)} test{'s' * (len(known) > 1)}, "
            f"{known[0].seeds} seeds)."
        )
        yield Finding("frameworks", text, OPEN, names)


def compare_speeds(summary: Summary) -> Iterator[Finding]:
    """Step times of each framework and of each cell, against the fastest.

    All are one family of tests.
    """
    found = samples(summary.done, ROW, "step_ms")
    average = means(found)
    pairs = []
    for place in (0, 1):
        for name in dict.fromkeys(row[place] for row in found):
            rows = [row for row in found if row[place] == name]
            fastest = min(rows, key=average.__getitem__)
            pairs += [(fastest, row) for row in rows if row != fastest]
    tests = compare_pairs(found, pairs)
    for (place, name), group in itertools.groupby(tests, in_common):
        slower = [test for test in group if test.differ]
        if slower:
            yield speed_finding(place, name, slower)


def in_common(test: PairedTest[tuple[str, str]]) -> tuple[int, str]:
    """0 and the framework of both rows, or 1 and their cell."""
    place = int(test.first[0] != test.second[0])
    return place, test.first[place]


def speed_finding(
    place: int, name: str, tests: list[PairedTest[tuple[str, str]]]
) -> Finding:
    """How much faster the fastest row of a framework or cell is."""
    names_of = framework_name, cell_name
    group_name, shown, other = names_of[place], names_of[1 - place], 1 - place
    ratios = [
        f"{t.second_mean / t.first_mean:.2f} times as fast as "
        f"{shown(t.second[other])} ({p_text(t.p)})"
        for t in tests
    ]
    fastest = tests[0].first[other]
    return Finding(
        "speed",
        f"Time per step, {group_name(name)}: {shown(fastest)} is "
        f"{listed(ratios)}.",
        BETTER,
        (name, fastest, *(t.second[other] for t in tests)),
        max(t.p for t in tests),
    )
