"""Findings on the frameworks' results and on the speed of all rows."""

import itertools
from collections.abc import Iterator
from operator import itemgetter

from comparisons.analysis.frame import ROW, samples
from comparisons.analysis.rows import Place
from comparisons.analysis.statistics import PairedTest, compare_pairs, means
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import (
    BETTER,
    OPEN,
    UNTESTED,
    Finding,
    listed,
    not_tested,
    ordered,
    p_text,
    tested,
)
from shared.exhibits.names import cell_name, framework_name, metric_name


def compare_frameworks(summary: Summary) -> Iterator[Finding]:
    """The frameworks on the metric; all cells are one family of tests."""
    found = samples(summary.done, ROW, "metric")
    rows = itertools.combinations(found, 2)
    tests = compare_pairs(found, [(a, b) for a, b in rows if a[1] == b[1]])
    if not tests:
        return
    metric = metric_name(summary.task.metric)
    known = [test for test in tests if test.tested]
    differ = [test for test in known if test.differ]
    names = tuple(dict.fromkeys(framework for framework, _ in found))
    for test in differ:
        (good, cell), (bad, _) = ordered(test, summary.task.better)
        text = (
            f"With {cell_name(cell)}, {framework_name(good)} outperforms "
            f"{framework_name(bad)} in {metric} ({tested(test)})."
        )
        yield Finding("frameworks", text, BETTER, (good, bad, cell), test.p)
    if not known:
        text = not_tested(tests, metric, "frameworks")
        yield Finding("frameworks", text, UNTESTED, names)
    elif not differ:
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
    pairs: dict[tuple[Place, Place], tuple[int, str]] = {}
    for place in (0, 1):  # rows of one framework, rows of one cell
        for name in dict.fromkeys(row[place] for row in found):
            rows = [row for row in found if row[place] == name]
            fastest = min(rows, key=average.__getitem__)
            others = [row for row in rows if row != fastest]
            pairs |= {(fastest, row): (place, name) for row in others}
    tests = zip(pairs.values(), compare_pairs(found, list(pairs)))
    for (place, name), group in itertools.groupby(tests, itemgetter(0)):
        slower = [test for _, test in group if test.differ]
        if slower:
            yield speed_finding(place, name, slower)


def speed_finding(
    same: int, name: str, tests: list[PairedTest[Place]]
) -> Finding:
    """How much faster the fastest row of a framework (0) or cell (1) is."""
    shown = (framework_name, cell_name)
    other = 1 - same
    fastest = tests[0].first[other]
    ratios = [
        f"{t.second_mean / t.first_mean:.2f} times as fast as "
        f"{shown[other](t.second[other])} ({p_text(t.p)})"
        for t in tests
    ]
    text = (
        f"Time per step, {shown[same](name)}: {shown[other](fastest)} is "
        f"{listed(ratios)}."
    )
    names = (name, fastest, *(t.second[other] for t in tests))
    return Finding("speed", text, BETTER, names, max(t.p for t in tests))
