"""One sentence on a whole comparison."""

from comparisons.analysis.context import too_short
from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.families import effects
from comparisons.analysis.effects.text import reached
from comparisons.analysis.frame import samples
from comparisons.analysis.statistics import means
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import listed
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)


def headline(summary: Summary) -> str:
    """The best cell, its lead, whether that is settled; who is fastest."""
    parts = [best_cell(summary), fastest(summary)]
    text = "; ".join(filter(None, parts)) or "No run has a result"
    if short := too_short(summary):
        text = f"{short.rstrip('.')}. {text}"
    return f"{text}."


def best_cell(summary: Summary) -> str:
    """The best cell, and how far the others are from it; "" without any."""
    found = effects(summary)
    behind = [effect for effect in found if effect.first == found[0].first]
    if behind:
        better = summary.task.better
        texts = [distance(effect, better) for effect in behind]
        return f"{reached(behind[0])}, {listed(texts)}"
    scores = samples(summary.done, "cell", "metric")
    for cell, value in means(scores).items():
        metric = summary.task.metric
        score = f"{metric_name(metric)} {score_text(metric, value)}"
        return f"{cell_name(cell)}: {score}"
    return ""


def distance(effect: Effect, better: str) -> str:
    """LSTM 1.0 points less (95 % CI -0.2 to 2.2, 3 seeds: not settled)."""
    word = "less" if better == "higher" else "more"
    gap = effect.in_unit(effect.difference)
    text = f"{cell_name(effect.second)} {gap} {word}"
    if not effect.tested:
        return f"{text} ({effect.evidence}, no interval)"
    outcome = "not settled"
    if effect.settled:
        outcome = "settled"
    elif effect.equivalent:
        outcome = "a tie"
    return f"{text} (95 % CI {effect.interval}, {effect.evidence}: {outcome})"


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
