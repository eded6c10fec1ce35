"""Resamples of test examples, shared by all models of a page.

Every model is scored on the same resamples (Koehn 2004), so that what makes an
example hard for all of them cancels in their differences.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from shared.task.examples import AGGREGATES, Examples

RESAMPLES = 2000
"""With so many, a standard error is known to 1.6 %."""

MOST_UNITS = 2048
"""Examples that are resampled singly; of more, groups of neighbors are."""


def pooled(examples: Examples) -> np.ndarray:
    """Sums over what is resampled as one: (N, k) -> (U, k).

    Of dependent examples √N blocks of neighbors, which are nearly independent
    if they are longer than what neighbors share (Künsch 1989).
    """
    count = len(examples.statistics)
    units = min(count, MOST_UNITS)
    if examples.dependent:
        units = max(2, round(count**0.5))
    starts = np.linspace(0, count, units, endpoint=False).astype(int)
    return np.add.reduceat(examples.statistics, np.unique(starts), axis=0)


@lru_cache(maxsize=4)
def weights(units: int, resamples: int = RESAMPLES) -> np.ndarray:
    """How often each resample draws each unit: (R, U); always the same."""
    rng = np.random.default_rng(units)
    drawn = rng.integers(0, units, (resamples, units))
    drawn += units * np.arange(resamples)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=units * resamples)
    return counts.reshape(resamples, units).astype(float)


def resampled(
    metric: str, runs: Sequence[np.ndarray], resamples: int = RESAMPLES
) -> np.ndarray:
    """Scores of runs, each (U, k), on all resamples: (R, runs)."""
    columns = np.concatenate(runs, axis=1)
    sums = weights(len(columns), resamples) @ columns
    return AGGREGATES[metric](sums.reshape(resamples, len(runs), -1))
