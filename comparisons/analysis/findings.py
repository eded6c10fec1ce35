"""Sentences that the statistics of a summary support."""

import math
from collections.abc import Iterator

from comparisons.analysis.context import outperformed_published
from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.families import (
    baseline_effects,
    effects,
    family,
)
from comparisons.analysis.effects.headline import headline as headline
from comparisons.analysis.effects.text import (
    advantage,
    conclusion,
    how_to_measure,
    reached,
    verdict_of,
)
from comparisons.analysis.frame import Samples, samples
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
    BETTER: "Better than {baseline}: {names}.",
    WORSE: "Worse than {baseline}: {names}.",
    OPEN: "Not settled against {baseline}: {names}.",
    TIE: "A tie with {baseline}: {names}.",
}
"""Verdict -> how cells compare with the best baseline."""


def findings(summary: Summary) -> list[Finding]:
    """Cells, baselines, published results, frameworks, and speed."""
    return [
        *compare_cells(summary),
        *compare_baselines(summary),
        *(Finding("published", t) for t in outperformed_published(summary)),
        *compare_floor(summary),
        *how_tested(summary),
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
    found = effects(summary)
    untested = [effect for effect in found if not effect.tested]
    if untested:
        yield without_interval(summary, untested)
    for effect in found:
        if effect.tested:
            text = (
                f"{reached(effect)}, {advantage(effect)}: {conclusion(effect)}."
            )
            verdict = verdict_of(effect)
            yield Finding("cells", text, verdict, effect.names, effect.p)


def without_interval(summary: Summary, untested: list[Effect]) -> Finding:
    """The scores of cells of which nothing tells chance, and what would."""
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
        f"{name[0].upper()}{name[1:]}: {', '.join(shown)}, of one seed each; "
        f"no interval can be given. {how_to_measure(summary)}"
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
        name, score = metric_name(one.metric), one.second_score
        shown = f"{one.second}: {name} {score_text(one.metric, score)}"
        text = VERSUS[verdict].format(
            baseline=f"the best baseline ({shown})",
            names=listed(f"{cell_name(e.first)} ({lead(e)})" for e in group),
        )
        yield Finding(
            "baseline",
            text,
            verdict if tested else UNTESTED,
            (*(effect.first for effect in group), one.second),
            max(e.p for e in group) if tested else math.nan,
        )


def lead(effect: Effect) -> str:
    """How much better or worse: worse by 1.0 points, 95 % CI 0.4 to 1.6."""
    worse = effect.difference < 0
    shown = effect.reversed if worse else effect
    text = f"{'worse' if worse else 'better'} by "
    if verdict_of(effect) in (BETTER, WORSE):
        text = "by "
    text += shown.in_unit(shown.difference)
    return f"{text}, 95 % CI {shown.interval}" if shown.tested else text


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


def how_tested(summary: Summary) -> Iterator[Finding]:
    """How intervals and p-values of the scores are made."""
    tested = [effect for effect in family(summary) if effect.tested]
    if not tested:
        return
    methods = listed(dict.fromkeys(effect.method for effect in tested))
    text = f"Intervals: {methods}. Each is of 95 % on its own"
    if len(tested) > 1:
        text += f"; p is corrected for all {len(tested)} comparisons (Holm)"
    if any(effect.which == "baseline" for effect in tested):
        text += "; the score of a baseline is taken as exact"
    yield Finding("method", f"{text}.")
