"""Findings on the frameworks' results and on the speed of all rows."""

import itertools
from collections.abc import Iterator

from comparisons.analysis.frame import ROW, Samples, samples
from comparisons.analysis.rows import Place
from comparisons.analysis.speed.disturbances import disturbances
from comparisons.analysis.speed.ratios import Ratio, ratio_text, ratios
from comparisons.analysis.statistics import (
    PairedTest,
    compare_pairs,
    means,
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
    found = samples(summary.done, ROW, "metric")
    rows = itertools.combinations(found, 2)
    tests = compare_pairs(found, [(a, b) for a, b in rows if a[1] == b[1]])
    if not tests:
        return
    if summary.matched:
        yield agreement(summary, found, tests)
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


def agreement(
    summary: Summary, found: Samples, tests: list[PairedTest[Place]]
) -> Finding:
    """The largest difference between frameworks that train one model.

    A significant one is named: rounding alone does not favor a framework.
    """
    name = summary.task.metric
    shared = [test for test in tests if test.seeds]
    test = max(shared, key=lambda t: abs(t.first_mean - t.second_mean))
    (one, cell), (other, _) = test.first, test.second
    frameworks = tuple(dict.fromkeys(framework for framework, _ in found))
    gap = gap_text(name, abs(test.first_mean - test.second_mean))
    scores = [
        f"{framework_name(framework)} {score_text(name, mean)}"
        for framework, mean in (
            (one, test.first_mean),
            (other, test.second_mean),
        )
    ]
    seeds = "one seed" if test.seeds == 1 else f"means of {test.seeds} seeds"
    text = (
        f"The frameworks train one model: their {metric_name(name)} differs "
        f"by {gap} ({cell_name(cell)}: {', '.join(scores)}; {seeds})."
    )
    least = min((t for t in tests if t.differ), key=lambda t: t.p, default=None)
    if least is None:
        return Finding("frameworks", text, "", frameworks)
    text += (
        f" More than chance between seeds for {cell_name(least.first[1])} "
        f"({p_text(least.p)}): see the equivalence checks."
    )
    return Finding("frameworks", text, BETTER, frameworks, least.p)


def compare_speeds(summary: Summary) -> Iterator[Finding]:
    """Step times: the frameworks of each cell, the cells of each framework.

    Each against the fastest of its group; all are one family of tests.
    """
    found = samples(summary.done, ROW, "step_ms")
    average = means(found)
    loaded = disturbances(summary)
    groups: dict[tuple[int, str], list[tuple[Place, Place]]] = {}
    for place in (1, 0):  # rows of one cell, rows of one framework
        for name in dict.fromkeys(row[place] for row in found):
            rows = [row for row in found if row[place] == name]
            fastest = min(rows, key=average.__getitem__)
            others = [(fastest, row) for row in rows if row != fastest]
            if others:
                groups[place, name] = others
    pairs = [pair for group in groups.values() for pair in group]
    known = {(r.first, r.second): r for r in ratios(found, pairs)}
    for (place, name), group in groups.items():
        if measured := [known[pair] for pair in group if pair in known]:
            yield speed_finding(place, name, measured, set(loaded))


def speed_finding(
    same: int, name: str, tests: list[Ratio], loaded: set[Place]
) -> Finding:
    """How much faster the fastest row of a framework (0) or cell (1) is.

    loaded: the rows whose times were disturbed.
    """
    shown = (framework_name, cell_name)
    other = 1 - same
    fastest = tests[0].first[other]
    texts = [ratio_text(one, shown[other](one.second[other])) for one in tests]
    untested = all(one.rounds < 2 for one in tests)
    text = (
        f"{shown[same](name)}: {shown[other](fastest)} trains {listed(texts)}"
        + " (one round, no interval)" * untested
        + "."
    )
    rows = [tests[0].first, *(one.second for one in tests)]
    if disturbed := [shown[other](r[other]) for r in rows if r in loaded]:
        text += f" Measured under load: {listed(disturbed)}."
    verdict = OPEN
    if untested:
        verdict = UNTESTED
    elif any(one.settled for one in tests):
        verdict = BETTER
    names = (name, fastest, *(one.second[other] for one in tests))
    return Finding("speed", text, verdict, names, max(t.p for t in tests))
