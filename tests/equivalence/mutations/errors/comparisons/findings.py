"""Sentences that the statistics of a summary support."""

FINDINGS = "comparisons/analysis/findings.py"
FRAMEWORKS = "comparisons/analysis/framework_findings.py"
GROUPS = "comparisons/analysis/speed/groups.py"
RATIOS = "comparisons/analysis/speed/ratios.py"
EFFECTS = "comparisons/analysis/effects"
FAMILIES, TEXT = f"{EFFECTS}/families.py", f"{EFFECTS}/text.py"
ESTIMATE, BOOTSTRAP = f"{EFFECTS}/estimate.py", f"{EFFECTS}/bootstrap.py"
CONTEXT = "comparisons/analysis/context.py"

ERRORS = [
    (
        FINDINGS,
        "by_cell",
        "summary.samples('cell', 'metric')",
        "summary.samples('cell', 'step_ms')",
        "cells compared by their step time under the name of the metric",
    ),
    (
        FAMILIES,
        "compared",
        "task.better == 'higher'",
        "False",
        "the worst cell first",
    ),
    (
        FAMILIES,
        "compared",
        "best_name(means(baselines), task.better)",
        "best_name(means(baselines), 'lower')",
        "compared with the baseline of the lowest score",
    ),
    (
        FAMILIES,
        "corrected",
        "p[place] < LEVEL",
        "found.p() < LEVEL",
        "a difference settled before the correction",
    ),
    (
        FAMILIES,
        "effect_of",
        "sign * (scores[0] - scores[1])",
        "scores[0] - scores[1]",
        "a larger error taken for an advantage",
    ),
    (
        TEXT,
        "verdict_of",
        "effect.tested and (not effect.settled)",
        "False",
        "a difference that is not settled named",
    ),
    (
        ESTIMATE,
        "Difference.margin",
        "max(weighted / self.error, halves[0])",
        "1.96 * self.error",
        "a normal quantile with few seeds",
    ),
    (
        ESTIMATE,
        "difference",
        "between / (seeds * (seeds - 1))",
        "shared.sum() / seeds ** 2",
        "what differs between seeds counted among examples, too",
    ),
    (
        ESTIMATE,
        "Difference.p_equivalence",
        "margin - abs(self.value)",
        "margin",
        "equivalence whatever the difference",
    ),
    (
        BOOTSTRAP,
        "weights",
        "np.random.default_rng(units)",
        "np.random.default_rng()",
        "other intervals each time",
    ),
    (
        BOOTSTRAP,
        "pooled",
        "examples.dependent",
        "False",
        "overlapping windows taken for independent examples",
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
        "framework_tests",
        "a[1] == b[1]",
        "a[0] == b[0]",
        "cells compared in place of frameworks",
    ),
    (
        GROUPS,
        "_speed_groups",
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
