"""What is chosen on the validation split: strengths, and the best two."""

import itertools
import math
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from comparisons.analysis.statistics import mean
from comparisons.studies.regularization.techniques import (
    TECHNIQUES,
    Setting,
    applied,
)
from comparisons.studies.regularization.trials import Trial
from shared.errors import SpecError
from shared.specs import RunSpec

SIGNS = {"lower": 1.0, "higher": -1.0}
"""Direction of a score -> what makes a cost of it."""


class Choice(NamedTuple):
    """A technique with the strength that is best on the validation split.

    validation: its mean score over the seeds of the grid, NaN where a run of
    it diverged; tried: how many strengths were.
    """

    name: str
    strength: Any
    validation: float
    tried: int

    @property
    def setting(self) -> Setting:
        return ((self.name, self.strength),)


def grid_seeds(trials: Sequence[Trial]) -> set[int]:
    """The seeds that every setting of one technique has."""
    seeds: dict[Setting, set[int]] = {}
    for setting, run in trials:
        if len(setting) == 1:
            seeds.setdefault(setting, set()).add(run.seed)
    return set.intersection(*seeds.values()) if seeds else set()


def ranked(trials: Sequence[Trial], better: str) -> list[Choice]:
    """The techniques of one cell in one framework, the best one first.

    better: the direction of the validation score. All are compared on the
    seeds of the grid alone; a setting with a run that diverged, or has no
    result, comes after all others.
    """
    seeds, sign = grid_seeds(trials), SIGNS[better]
    scores: dict[str, dict[Any, list[float]]] = {}
    for trial in trials:
        if len(trial.setting) == 1 and trial.run.seed in seeds:
            ((name, strength),) = trial.setting
            score = math.nan if trial.diverged else trial.validation
            strengths = scores.setdefault(name, {})
            strengths.setdefault(strength, []).append(score)
    choices = []
    for name in (name for name in TECHNIQUES if name in scores):
        means = {s: mean(values) for s, values in scores[name].items()}
        # The least of equal ones, whichever ended first.
        best = min(sorted(means), key=lambda s: cost(means[s], sign))
        choices.append(Choice(name, best, means[best], len(means)))
    return sorted(choices, key=lambda one: cost(one.validation, sign))


def cost(score: float, sign: float) -> float:
    return math.inf if math.isnan(score) else sign * score


def pairs(choices: Sequence[Choice]) -> Iterator[Setting]:
    """The settings of two techniques, that of the best two first."""
    known = [one for one in choices if not math.isnan(one.validation)]
    order = list(TECHNIQUES)
    for two in itertools.combinations(known, 2):
        first, second = sorted(two, key=lambda one: order.index(one.name))
        yield first.setting + second.setting


def best_pair(run: RunSpec, choices: Sequence[Choice]) -> Setting | None:
    """The best two that a bare run can have both; None if there are none."""
    for setting in pairs(choices):
        try:
            applied(run, setting)
        except SpecError:  # clipping by norm and by value exclude each other
            continue
        return setting
    return None


def headline(choices: Sequence[Choice]) -> Collection[Setting]:
    """No technique, the best, and the second."""
    return [(), *(one.setting for one in choices[:2])]
