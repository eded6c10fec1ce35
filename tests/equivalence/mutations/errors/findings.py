"""Sentences that the statistics of a summary support."""

FINDINGS = "comparisons/analysis/findings.py"
FRAMEWORKS = "comparisons/analysis/framework_findings.py"
RATIOS = "comparisons/analysis/speed/ratios.py"
CONTEXT = "comparisons/analysis/context.py"

ERRORS = [
    (
        FINDINGS,
        "by_cell",
        "samples(summary.done, 'cell', 'metric')",
        "samples(summary.done, 'cell', 'step_ms')",
        "cells compared by their step time under the name of the metric",
    ),
    (
        FINDINGS,
        "compare_cells",
        "ordered(test, task.better)",
        "ordered(test, 'lower')",
        "the worse cell said to outperform",
    ),
    (
        FINDINGS,
        "compare_baselines",
        "best_name(baselines, task.better)",
        "best_name(baselines, 'lower')",
        "compared with the baseline of the lowest score",
    ),
    (
        FINDINGS,
        "compare_baselines",
        "test.tested and not test.differ",
        "False",
        "a difference from the baseline that is not significant named",
    ),
    (
        FINDINGS,
        "compare_floor",
        "100 * (value / floor - 1)",
        "100 * (value - floor)",
        "absolute distance from the noise floor as a relative one",
    ),
    (
        FRAMEWORKS,
        "compare_frameworks",
        "a[1] == b[1]",
        "a[0] == b[0]",
        "cells compared in place of frameworks",
    ),
    (
        FRAMEWORKS,
        "compare_speeds",
        "min(rows, key=average.__getitem__)",
        "max(rows, key=average.__getitem__)",
        "slowest row in place of the fastest",
    ),
    (
        RATIOS,
        "ratios",
        "b - a",
        "a - b",
        "ratio of step times inverted",
    ),
    (
        CONTEXT,
        "OPPOSITE",
        "{'lower': 'higher', 'higher': 'lower'}",
        "{'lower': 'lower', 'higher': 'higher'}",
        "published results outperformed by one baseline, not by every one",
    ),
]
