"""How settings are drawn, and which trials end early."""

from collections.abc import Callable

from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.pruners import (
    BasePruner,
    HyperbandPruner,
    MedianPruner,
    NopPruner,
)
from optuna.samplers import BaseSampler, RandomSampler, TPESampler

from comparisons.tuning.settings import Setting
from comparisons.tuning.space import Parameter

SAMPLERS: dict[str, Callable[[int], BaseSampler]] = {
    "tpe": lambda seed: TPESampler(seed=seed, constant_liar=True),
    "random": lambda seed: RandomSampler(seed=seed),
    "grid": lambda seed: RandomSampler(seed=seed),  # its points are queued
}
"""Name -> the sampler of a trial, of a seed; TPE avoids settings at work."""

PRUNERS: dict[str, Callable[[int], BasePruner]] = {
    "none": lambda epochs: NopPruner(),
    "median": lambda epochs: MedianPruner(),
    "hyperband": lambda epochs: HyperbandPruner(max_resource=epochs),
}
"""Name -> the pruner of trainings of this many epochs."""

STRIDE = 1_000_003
"""Between the seeds of two searches: more than the trials of one."""

DIGITS = 4
"""Significant digits of a number that is drawn from a range."""


def sampler_of(name: str, seed: int, number: int) -> BaseSampler:
    """The sampler of a cell's n-th trial.

    Each trial has a seed of its own, so that a search that is interrupted
    draws what it would have drawn.
    """
    return SAMPLERS[name]((STRIDE * seed + number) % 2**32)


def distributions(space: list[Parameter]) -> dict[str, BaseDistribution]:
    """Field -> Optuna's distribution over its values."""
    return {one.name: distribution(one) for one in space}


def distribution(one: Parameter) -> BaseDistribution:
    if not one.range:
        return CategoricalDistribution(one.values)
    low, high = one.values
    kind = IntDistribution if one.whole else FloatDistribution
    return kind(low, high, log=one.log)


def rounded(setting: Setting, space: list[Parameter]) -> Setting:
    """The setting as it is trained and shown: few digits, within the ends."""
    found = dict(setting)
    for one in space:
        if one.range and not one.whole:
            low, high = one.values
            value = float(f"{setting[one.name]:.{DIGITS}g}")
            found[one.name] = min(max(value, low), high)
    return found
