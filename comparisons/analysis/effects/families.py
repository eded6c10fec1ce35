"""All effects of a page: cells, and cells against the best baseline."""

import itertools
import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from comparisons.analysis.effects.effect import (
    BOTH,
    EXAMPLES,
    LEVEL,
    NONE,
    SEEDS,
    Effect,
)
from comparisons.analysis.effects.estimate import Difference, difference
from comparisons.analysis.effects.samples import Sample, cell_samples, constant
from comparisons.analysis.statistics import best_name, holm, means, paired_p
from comparisons.analysis.summary import Summary
from shared.task import Task
from shared.task.margins import margin_of

METHODS = {
    BOTH: (
        "hierarchical, Student's t over {seeds} seeds and paired bootstrap "
        "over {units}"
    ),
    EXAMPLES: "paired bootstrap over {units}",
    SEEDS: "paired Student's t over {seeds} seeds",
    NONE: "",
}
"""Source of chance -> how its interval is made."""

Pair = tuple[Effect, Difference]


def effects(summary: Summary) -> list[Effect]:
    """Every pair of cells, frameworks averaged; the best cell comes first."""
    return [effect for effect in family(summary) if effect.which == "cells"]


def baseline_effects(summary: Summary) -> list[Effect]:
    """Every cell against the best baseline, the best cell first."""
    return [effect for effect in family(summary) if effect.which == "baseline"]


def family(summary: Summary) -> list[Effect]:
    """The effects of a page, their tests corrected together."""
    return summary.once("effects", lambda: _family(summary))


def _family(summary: Summary) -> list[Effect]:
    task = summary.task
    cells = cell_samples(summary.finished, task.metric, summary.folder)
    return corrected(compared(task, cells, summary.baselines))


def compared(
    task: Task,
    cells: Mapping[str, Sample],
    baselines: Mapping[str, Mapping[int, float]] = {},
) -> list[Pair]:
    """Pairs of cells from the best to the worst, then cells and baseline."""
    ranked = sorted(
        cells,
        key=lambda cell: cells[cell].mean,
        reverse=task.better == "higher",
    )
    pairs = [
        effect_of(task, (one, other), (cells[one], cells[other]))
        for one, other in itertools.combinations(ranked, 2)
    ]
    if baselines:
        name = best_name(means(baselines), task.better)
        for cell in ranked:
            known = constant(baselines[name], cells[cell])
            both = cells[cell], known
            pairs.append(effect_of(task, (cell, name), both, "baseline"))
    return [pair for pair in pairs if pair is not None]


def effect_of(
    task: Task,
    names: tuple[str, str],
    samples: tuple[Sample, Sample],
    which: str = "cells",
) -> Pair | None:
    """The effect before correction; None without a shared seed."""
    first, second = samples
    seeds = sorted(first.scores.keys() & second.scores)
    if not seeds:
        return None
    scores = np.array([[s.scores[seed] for seed in seeds] for s in samples])
    sign = 1.0 if task.better == "higher" else -1.0
    paired, draws = sign * (scores[0] - scores[1]), None
    if all(seed in s.resamples for s in samples for seed in seeds):
        draws = sign * np.column_stack(
            [first.resamples[s] - second.resamples[s] for s in seeds]
        )
    found = difference(paired, draws, first.units)
    one, other = scores.mean(axis=1)
    best = max(one, other) if sign > 0 else min(one, other)
    chance = source(found)
    effect = Effect(
        *names,
        metric=task.metric,
        first_score=float(one),
        second_score=float(other),
        difference=found.value,
        seeds=len(seeds),
        examples=first.examples if found.units else 0,
        unit=f"test {first.unit}",
        chance=chance,
        method=METHODS[chance].format(seeds=len(seeds), units=drawn(first)),
        margin=margin_of(task.metric, task.margin, float(best)),
        p_seeds=paired_p(scores[0], scores[1]),
        which=which,
    )
    return effect, found


def drawn(sample: Sample) -> str:
    """What is drawn: 2,000 test names, or blocks of what depends."""
    if not sample.dependent:
        return f"{sample.examples:,} test {sample.unit}"
    return f"{sample.units:,} blocks of neighboring test {sample.unit}"


def source(found: Difference) -> str:
    if found.units:
        return EXAMPLES if found.seeds == 1 else BOTH
    return SEEDS if found.seeds > 1 else NONE


def corrected(pairs: list[Pair]) -> list[Effect]:
    """Effects with intervals and tests, the family corrected by Holm."""
    p = holm([found.p() for _, found in pairs])
    p_seeds = holm([effect.p_seeds for effect, _ in pairs])
    equal = holm([found.p_equivalence(e.margin) for e, found in pairs])
    count = max(1, sum(not math.isnan(value) for value in p))
    done = []
    for place, (effect, found) in enumerate(pairs):
        low, high = found.interval(LEVEL)
        settled = p[place] < LEVEL
        done.append(
            replace(
                effect,
                low=low,
                high=high,
                p=p[place],
                p_seeds=p_seeds[place],
                settled=settled,
                equivalent=equal[place] < LEVEL,
                seeds_needed=None
                if settled
                else found.seeds_needed(LEVEL / count),
            )
        )
    return done
