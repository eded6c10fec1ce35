"""Sentences that the statistics of a summary support."""

import math
from collections.abc import Iterator

from comparisons.analysis.context import outperformed_published
from comparisons.analysis.frame import Samples, samples
from comparisons.analysis.framework_findings import (
    compare_frameworks,
    compare_speeds,
)
from comparisons.analysis.statistics import (
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
    not_tested,
    ordered,
    tested,
)
from shared.exhibits.names import cell_name, metric_name, score_text

VERSUS = {
    OPEN: "No significant difference from {baseline}: {names}.",
    BETTER: "{names} outperform{s} {baseline}.",
    WORSE: "{names} perform{s} worse than {baseline}.",
}
UNTESTED_VERSUS = {
    BETTER: "One seed, no test: {names} outperform{s} {baseline}.",
    WORSE: "One seed, no test: {names} {do} not outperform {baseline}.",
}


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
        pairs = [name for t in untested for name in (t.first, t.second)]
        names = tuple(dict.fromkeys(pairs))
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


def compare_baselines(summary: Summary) -> Iterator[Finding]:
    if not summary.baselines:
        return
    task, cells = summary.task, by_cell(summary)
    baselines, average = means(summary.baselines), means(cells)
    name = best_name(baselines, task.better)
    best = baselines[name]
    groups: dict[tuple[bool, str], list[str]] = {}
    both = {**cells, name: summary.baselines[name]}
    for test in compare_pairs(both, [(cell, name) for cell in cells]):
        ahead = best_value([best, average[test.first]], task.better) != best
        verdict = BETTER if ahead else WORSE
        if test.tested and not test.differ:
            verdict = OPEN
        groups.setdefault((test.tested, verdict), []).append(test.first)
    baseline = (
        f"the best baseline ({name}: {metric_name(task.metric)} "
        f"{score_text(task.metric, best)})"
    )
    for (is_tested, verdict), names in groups.items():
        text = (VERSUS if is_tested else UNTESTED_VERSUS)[verdict].format(
            names=listed(map(cell_name, names)),
            baseline=baseline,
            s="s" if len(names) == 1 else "",
            do="does" if len(names) == 1 else "do",
        )
        found = verdict if is_tested else UNTESTED
        yield Finding("baseline", text, found, (*names, name))


def compare_floor(summary: Summary) -> Iterator[Finding]:
    """The distance of each cell from the best that the data admits."""
    metric, floor = summary.task.metric, summary.noise_floor
    gaps = [
        f"{cell_name(cell)} {100 * (value / floor - 1):+.1f} %"
        for cell, value in means(by_cell(summary)).items()
    ]
    if gaps and not math.isnan(floor):
        shown = f"{metric_name(metric)} {score_text(metric, floor)}"
        text = f"Relative to the noise floor ({shown}): {', '.join(gaps)}."
        yield Finding("noise_floor", text)
