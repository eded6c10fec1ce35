"""Findings on the frameworks' results and on the speed of all rows."""

import itertools
from collections.abc import Iterator

from comparisons.analysis.frame import ROW
from comparisons.analysis.rows import Place
from comparisons.analysis.speed.disturbances import disturbances
from comparisons.analysis.speed.groups import speed_groups
from comparisons.analysis.speed.ratios import Ratio, ratios_text
from comparisons.analysis.statistics import (
    PairedTest,
    compare_pairs,
)
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
from shared.exhibits.names import (
    cell_name,
    framework_name,
    gap_text,
    metric_name,
    score_text,
)


def compare_frameworks(summary: Summary) -> Iterator[Finding]:
    """The frameworks on the metric; all cells are one family of tests.

    Matched frameworks train one model: none of them is better, and how well
    they agree is one line.
    """
    tests = framework_tests(summary)
    if not tests:
        return
    if summary.matched:
        yield agreement(summary, tests)
        return
    metric = metric_name(summary.task.metric)
    known = [test for test in tests if test.tested]
    differ = [test for test in known if test.differ]
    names = tuple(summary.frameworks)
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


def framework_tests(summary: Summary) -> list[PairedTest[Place]]:
    """The metric of each two frameworks of a cell."""
    found = summary.samples(ROW, "metric")
    rows = itertools.combinations(found, 2)
    return compare_pairs(found, [(a, b) for a, b in rows if a[1] == b[1]])


def agreement(summary: Summary, tests: list[PairedTest[Place]]) -> Finding:
    """The largest difference between frameworks that train one model.

    A significant one is named: rounding alone does not favor a framework.
    """
    name = summary.task.metric
    shared = [test for test in tests if test.seeds]
    test = max(shared, key=lambda t: abs(t.first_mean - t.second_mean))
    (one, cell), (other, _) = test.first, test.second
    frameworks = tuple(summary.frameworks)
    gap = abs(test.first_mean - test.second_mean)
    scores = [
        f"{framework_name(framework)} {score_text(name, mean)}"
        for framework, mean in (
            (one, test.first_mean),
            (other, test.second_mean),
        )
    ]
    seeds = "one seed" if test.seeds == 1 else f"means of {test.seeds} seeds"
    what = metric_name(name)
    agree = f"do not differ in {what}"
    if gap:
        agree = f"differ by {gap_text(name, gap)} in {what}"
    text = (
        f"The frameworks train one model and {agree} "
        f"({cell_name(cell)}: {', '.join(scores)}; {seeds})."
    )
    least = min((t for t in tests if t.differ), key=lambda t: t.p, default=None)
    if least is None:
        return Finding("frameworks", text, "", frameworks)
    text += (
        f" With {cell_name(least.first[1])} that is more than chance between "
        f"seeds explains ({p_text(least.p)}): see the equivalence checks."
    )
    return Finding("frameworks", text, BETTER, frameworks, least.p)


def compare_speeds(summary: Summary) -> Iterator[Finding]:
    """Step times: the frameworks of each cell, the cells of each framework.

    Each against the fastest of its group; all are one family of tests.
    """
    loaded = set(disturbances(summary))
    for (place, name), group in speed_groups(summary).items():
        yield speed_finding(place, name, group, loaded)


def speed_finding(
    same: int, name: str, tests: list[Ratio], loaded: set[Place]
) -> Finding:
    """How much faster the fastest row of a framework (0) or cell (1) is.

    loaded: the rows whose times were disturbed.
    """
    shown, other = (framework_name if same else cell_name), 1 - same
    fastest = tests[0].first[other]
    within = f"With {cell_name(name)}" if same else f"In {framework_name(name)}"
    slower = [shown(one.second[other]) for one in tests]
    text = f"{within}, {shown(fastest)} trains {ratios_text(tests, slower)}."
    untested = all(one.rounds < 2 for one in tests)
    rows = [tests[0].first, *(one.second for one in tests)]
    if disturbed := [shown(row[other]) for row in rows if row in loaded]:
        text += f" Measured under load: {listed(disturbed)}."
    verdict = OPEN
    if untested:
        verdict = UNTESTED
    elif any(one.settled for one in tests):
        verdict = BETTER
    names = (name, fastest, *(one.second[other] for one in tests))
    return Finding("speed", text, verdict, names, max(t.p for t in tests))
