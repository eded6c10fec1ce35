"""Other intervals of a difference over seeds and examples, for comparison."""

import math
from functools import lru_cache

import numpy as np

from comparisons.analysis.effects.estimate import Difference

TAIL = 0.025


@lru_cache(maxsize=8)
def resampled_seeds(seeds: int, resamples: int) -> np.ndarray:
    """Seeds that each resample draws, as weights: (S, R)."""
    rng = np.random.default_rng(1)
    return rng.multinomial(seeds, [1 / seeds] * seeds, resamples).T / seeds


def covered(
    found: Difference, draws: np.ndarray, gap: float
) -> dict[str, bool]:
    """Whether each interval holds a gap; draws: differences (S, R).

    The widened percentiles are multiplied by sqrt(S / (S - 1)) and by the ratio
    of Student's to the normal quantile.
    """
    from scipy.special import ndtri, stdtrit

    off, error, seeds = abs(found.value - gap), found.error, found.seeds
    normal = -float(ndtri(TAIL))
    chosen = resampled_seeds(*draws.shape)
    low, high = np.percentile(
        (draws * chosen).sum(axis=0), [100 * TAIL, 100 * (1 - TAIL)]
    )
    result = {
        "used": off <= found.margin(TAIL),
        "percentiles of the hierarchical bootstrap": low <= gap <= high,
        "normal quantile": off <= normal * error,
    }
    if seeds == 1:
        return {name: bool(covers) for name, covers in result.items()}
    student = -float(stdtrit(seeds - 1, TAIL))
    both, units = (found.of_seeds, found.of_examples), found.units - 1
    parts = both[0] ** 2 / (seeds - 1) + both[1] ** 2 / units
    df = error**4 / parts if parts else float(units)
    widened = math.sqrt(seeds / (seeds - 1)) * student / normal
    mean = draws.mean()
    weighted = (both[0] * student + both[1] * normal) / (error or 1.0)
    result |= {
        "weighted t quantile": off <= weighted,
        "percentiles, widened": widened * (low - mean)
        <= gap - found.value
        <= widened * (high - mean),
        "t over seeds alone": off <= student * math.sqrt(both[0]),
        "Satterthwaite": off <= -float(stdtrit(df, TAIL)) * error,
        "root of squared margins": off
        <= math.sqrt(student**2 * both[0] + normal**2 * both[1]),
        "t of S - 1 for both": off <= student * error,
    }
    return {name: bool(covers) for name, covers in result.items()}
