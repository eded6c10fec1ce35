"""Sentences that the statistics of a summary support."""

import math
from collections.abc import Iterator

from comparisons.analysis.context import outperformed_published
from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.families import (
    baseline_effects,
    effects,
)
from comparisons.analysis.effects.text import (
    conclusion,
    difference,
    how_to_measure,
    verdict_of,
)
from comparisons.analysis.frame import Samples
from comparisons.analysis.framework_findings import (
    compare_frameworks,
    compare_speeds,
)
from comparisons.analysis.statistics import means
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import (
    BETTER,
    OPEN,
    TIE,
    UNTESTED,
    WORSE,
    Finding,
    listed,
)
from shared.exhibits.names import (
    cell_name,
    metric_name,
    score_text,
)

VERSUS = {
    BETTER: "{names} outperform{s} {baseline}, by {leads}.",
    WORSE: "{names} fall{s} short of {baseline}, by {leads}.",
    OPEN: "Not settled against {baseline}: {each}.",
    TIE: "A tie with {baseline}: {each}.",
}
"""Verdict -> how cells compare with the best baseline."""


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
    return summary.samples("cell", "metric")


def compare_cells(summary: Summary) -> Iterator[Finding]:
    """Every pair of cells on the metric, frameworks averaged."""
    found = effects(summary)
    untested = [effect for effect in found if not effect.tested]
    if untested:
        yield without_interval(summary, untested)
    for effect in found:
        if effect.tested:
            text = f"{difference(effect)}: {conclusion(effect)}."
            verdict = verdict_of(effect)
            yield Finding("cells", text, verdict, effect.names, effect.p)


def without_interval(summary: Summary, untested: list[Effect]) -> Finding:
    """The scores of cells without an estimate of chance, and what gives one."""
    scores: dict[str, float] = {}
    for effect in untested:
        scores.setdefault(effect.first, effect.first_score)
        scores.setdefault(effect.second, effect.second_score)
    metric = summary.task.metric
    shown = [
        f"{cell_name(c)} {score_text(metric, v)}" for c, v in scores.items()
    ]
    name = metric_name(metric)
    text = (
        f"{name[0].upper()}{name[1:]}: {', '.join(shown)}, of one seed each, "
        "without a score for each test example: no interval can be given. "
        f"{how_to_measure(summary)}"
    )
    return Finding("cells", text, UNTESTED, tuple(scores))


def compare_baselines(summary: Summary) -> Iterator[Finding]:
    """Cells against the best baseline, grouped by the outcome."""
    groups: dict[tuple[bool, str], list[Effect]] = {}
    for effect in baseline_effects(summary):
        key = effect.tested, verdict_of(effect)
        groups.setdefault(key, []).append(effect)
    for (tested, verdict), group in groups.items():
        one = group[0]
        score = score_text(one.metric, one.second_score)
        score += "" if tested else "; not tested"
        text = VERSUS[verdict].format(
            baseline=f"the best baseline, {one.second} ({score})",
            names=listed(cell_name(e.first) for e in group),
            leads=listed(map(lead, group)),
            each=listed(map(each, group)),
            s="s" * (len(group) == 1),
        )
        yield Finding(
            "baseline",
            text,
            verdict if tested else UNTESTED,
            (*(effect.first for effect in group), one.second),
            max(e.p for e in group) if tested else math.nan,
        )


def lead(effect: Effect) -> str:
    """By how much, regardless of the sign: 1.0 points (95 % CI 0.4 to 1.6)."""
    shown = effect.reversed if effect.difference < 0 else effect
    text = shown.in_unit(shown.difference)
    return f"{text} (95 % CI {shown.interval})" if shown.tested else text


def each(effect: Effect) -> str:
    """GRU, worse by 1.0 points (95 % CI -0.4 to 2.4)."""
    word = "worse" if effect.difference < 0 else "better"
    return f"{cell_name(effect.first)} {word} by {lead(effect)}"


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
