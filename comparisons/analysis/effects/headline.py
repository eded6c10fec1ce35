"""One sentence on a whole comparison."""

from comparisons.analysis.effects.families import effects
from comparisons.analysis.effects.text import advantage, conclusion, reached
from comparisons.analysis.frame import samples
from comparisons.analysis.statistics import means
from comparisons.analysis.summary import Summary
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)

TOO_SHORT = "quick"
"""The preset that is a functional check."""


def headline(summary: Summary) -> str:
    """The best cell, its lead, whether that is settled; who is fastest."""
    parts = [best_cell(summary), fastest(summary)]
    text = "; ".join(filter(None, parts)) or "No run has a result"
    if {run.spec.preset for run in summary.records} == {TOO_SHORT}:
        text = f"{TOO_SHORT}: a functional check, not a result. {text}"
    return f"{text}."


def best_cell(summary: Summary) -> str:
    """The best cell and the first that is behind it; "" without a result."""
    if found := effects(summary):
        first = found[0]
        text = f"{reached(first)}, {advantage(first)}"
        return f"{text}: {conclusion(first)}" if first.tested else text
    scores = samples(summary.done, "cell", "metric")
    for cell, value in means(scores).items():
        metric = summary.task.metric
        score = f"{metric_name(metric)} {score_text(metric, value)}"
        return f"{cell_name(cell)}: {score}"
    return ""


def fastest(summary: Summary) -> str:
    """The framework of the shortest steps; "" where there is only one."""
    seconds = summary.done.groupby("framework", sort=False)["step_ms"]
    known = seconds.median().dropna().sort_values()
    if len(known) < 2:
        return ""
    first, second = known.index[:2]
    ratio = known.iloc[1] / known.iloc[0]
    return (
        f"{framework_name(first)} is the fastest framework, {ratio:.1f} times "
        f"as fast as {framework_name(second)}"
    )
