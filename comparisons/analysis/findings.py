"""Sentences that the statistics of a summary support."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from comparisons.analysis.context import outperformed_published
from comparisons.analysis.frame import ROW, samples
from comparisons.analysis.statistics import Comparison, compare_pairs, mean
from comparisons.analysis.summary import Summary, best_value
from comparisons.analysis.wording import (
    BETTER,
    OPEN,
    UNTESTED,
    WORSE,
    Finding,
    few_seeds,
    listed,
    ordered,
    p_text,
    tested,
)
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)


def findings(summary: Summary) -> list[Finding]:
    """Cells, baselines, published results, frameworks, and speed."""
    return [finding for part in PARTS for finding in part(summary)]


def sentences(summary: Summary) -> list[str]:
    return [finding.text for finding in findings(summary)]


def compare_cells(summary: Summary) -> Iterator[Finding]:
    """Every pair of cells on the metric, frameworks averaged."""
    task = summary.task
    metric = metric_name(task.metric)
    tests = compare_pairs(by_cell(summary))
    untested = [test for test in tests if math.isnan(test.p)]
    if untested:
        pairs = [(test.first, test.second) for test in untested]
        names = tuple(dict.fromkeys(itertools.chain(*pairs)))
        text = (
            f"{few_seeds(untested)}: differences in {metric} between "
            f"{listed(map(cell_name, names))} are not tested."
        )
        yield Finding("cells", text, UNTESTED, names)
    for test in tests:
        if math.isnan(test.p):
            continue
        good, bad = names = ordered(test, task.better)
        means = {test.first: test.first_mean, test.second: test.second_mean}
        if test.differ:
            text = (
                f"{cell_name(good)} outperforms {cell_name(bad)} in {metric}: "
                f"{score_text(task.metric, means[good])} against "
                f"{score_text(task.metric, means[bad])} ({tested(test)})."
            )
            yield Finding("cells", text, BETTER, names, test.p)
        else:
            text = (
                f"No significant difference in {metric} between "
                f"{cell_name(test.first)} and {cell_name(test.second)} "
                f"({tested(test)})."
            )
            names = test.first, test.second
            yield Finding("cells", text, OPEN, names, test.p)


def compare_baselines(summary: Summary) -> Iterator[Finding]:
    """Each cell and the best baseline."""
    if not summary.baselines:
        return
    task, cells = summary.task, by_cell(summary)
    means = {n: mean(list(v.values())) for n, v in summary.baselines.items()}
    best = best_value(list(means.values()), task.better)
    name = next(n for n, value in means.items() if value == best)
    groups: dict[tuple[bool, str], list[str]] = {}
    for test in compare_pairs(
        {**cells, name: summary.baselines[name]}, [(c, name) for c in cells]
    ):
        untested = math.isnan(test.p)
        own = mean(list(cells[test.first].values()))
        ahead = own != best and best_value([own, best], task.better) == own
        is_open = not untested and not test.differ
        verdict = OPEN if is_open else BETTER if ahead else WORSE
        groups.setdefault((untested, verdict), []).append(test.first)
    baseline = (
        f"the best baseline ({name}: {metric_name(task.metric)} "
        f"{score_text(task.metric, best)})"
    )
    for (untested, verdict), names in groups.items():
        text = versus(names, verdict, baseline, untested)
        found = UNTESTED if untested else verdict
        yield Finding("baseline", text, found, (*names, name))


def versus(
    cells: list[str], verdict: str, baseline: str, untested: bool
) -> str:
    names, one = listed(map(cell_name, cells)), len(cells) == 1
    if untested:
        negated = "does not " if one else "do not "
        verb = (
            f"{negated}outperform"
            if verdict == WORSE
            else (f"outperform{'s' * one}")
        )
        return f"One seed, no test: {names} {verb} {baseline}."
    if verdict == OPEN:
        return f"No significant difference from {baseline}: {names}."
    if verdict == BETTER:
        return f"{names} outperform{'s' * one} {baseline}."
    return f"{names} perform{'s' * one} worse than {baseline}."


def compare_published(summary: Summary) -> Iterator[Finding]:
    for text in outperformed_published(summary):
        yield Finding("published", text)


def compare_floor(summary: Summary) -> Iterator[Finding]:
    """The distance of each cell from the best that the data admits."""
    if math.isnan(summary.floor):
        return
    metric = summary.task.metric
    gaps = [
        f"{cell_name(cell)} "
        f"{100 * (mean(list(values.values())) / summary.floor - 1):+.1f} %"
        for cell, values in by_cell(summary).items()
    ]
    if gaps:
        floor = f"{metric_name(metric)} {score_text(metric, summary.floor)}"
        text = f"Relative to the noise floor ({floor}): {', '.join(gaps)}."
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
    known = [test for test in tests if not math.isnan(test.p)]
    names = tuple(dict.fromkeys(framework for framework, _ in found))
    if not known:
        text = (
            f"{few_seeds(tests)}: differences in {metric} between frameworks "
            "are not tested."
        )
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
    means = {row: mean(list(v.values())) for row, v in found.items()}
    groups = {
        name: [row for row in found if row[place] == name]
        for place in (0, 1)
        for name in dict.fromkeys(row[place] for row in found)
    }
    fastest = {
        n: min(rows, key=means.__getitem__) for n, rows in groups.items()
    }
    pairs = {
        (name, row): (fastest[name], row)
        for name, rows in groups.items()
        for row in rows
        if row != fastest[name]
    }
    tests = dict(zip(pairs, compare_pairs(found, list(pairs.values()))))
    for name in groups:
        own = [t for (n, _), t in tests.items() if n == name and t.differ]
        if own:
            yield speed_finding(name, own)


def speed_finding(
    name: str, tests: list[Comparison[tuple[str, str]]]
) -> Finding:
    """How much faster the fastest row of a framework or cell is."""
    first = tests[0].first
    cells = first[0] == name
    place, shown = (1, cell_name) if cells else (0, framework_name)
    ratios = [
        f"{t.second_mean / t.first_mean:.2f} times as fast as "
        f"{shown(t.second[place])} ({p_text(t.p)})"
        for t in tests
    ]
    group = framework_name(name) if cells else cell_name(name)
    return Finding(
        "speed",
        f"Time per step, {group}: {shown(first[place])} is {listed(ratios)}.",
        BETTER,
        (name, first[place], *(t.second[place] for t in tests)),
        max(t.p for t in tests),
    )


def by_cell(summary: Summary) -> dict[str, dict[int, float]]:
    """Cell -> seed -> metric, averaged over the frameworks.

    Matched frameworks repeat one result; counting them as further samples
    would make a seed's luck look like evidence.
    """
    return samples(summary.done, "cell", "metric")


PARTS = (
    *(compare_cells, compare_baselines, compare_published, compare_floor),
    *(compare_frameworks, compare_speeds),
)
"""The kinds of findings in their order."""
