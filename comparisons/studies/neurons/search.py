"""The units of a model that follow features of a text.

A correlation on one text is exploration, not proof: the best of many units
always follows something a little, and by chance.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from comparisons.studies.neurons.features import FEATURES

QUANTILE = 0.95
"""Quantile over the shifts: what units reach by chance."""

LEAST_SHIFT = 0.1
"""Share of the text by which a shifted feature is away from itself."""


class Detector(NamedTuple):
    """The unit most correlated with a feature: Pearson's r.

    chance: the 95 % quantile of the best unit's r over circular shifts of the
    feature.
    """

    feature: str
    unit: int
    correlation: float
    chance: float


class Search(NamedTuple):
    """The detectors, strongest first; feature -> r (H,); constant features."""

    detectors: list[Detector]
    correlations: dict[str, np.ndarray]
    constant: list[str]

    def best_feature(self, unit: int) -> tuple[str, float]:
        """The feature most correlated with a unit, and the correlation."""
        r = {n: float(row[unit]) for n, row in self.correlations.items()}
        return max(r.items(), key=lambda item: abs(item[1]))


def search(h: np.ndarray, labels: Sequence[str]) -> Search:
    """Correlate every unit of h (T, H) with every feature of T tokens."""
    text, steps = "".join(labels), np.arange(len(labels))
    shifts = (steps[:, None] + steps) % len(labels)  # (T, T)
    least, units = max(1, int(LEAST_SHIFT * len(labels))), standardized(h)
    detectors, correlations, constant = [], {}, []
    for name, feature in FEATURES.items():
        values = by_token(feature.values(text), labels)
        if not np.ptp(values):
            constant.append(name)
            continue
        r = standardized(values)[shifts] @ units / len(labels)  # (T, H)
        by_chance = np.abs(r[least : len(r) - least + 1]).max(axis=1)
        chance = float(np.quantile(by_chance, QUANTILE))
        unit = int(np.abs(r[0]).argmax())
        detectors.append(Detector(name, unit, float(r[0, unit]), chance))
        correlations[name] = r[0]
    detectors.sort(key=lambda row: -abs(row.correlation))
    return Search(detectors, correlations, constant)


def by_token(values: np.ndarray, labels: Sequence[str]) -> np.ndarray:
    """Means over the characters of each token: (characters,) -> (T,)."""
    lengths = np.array([len(label) for label in labels])
    starts = np.cumsum(lengths) - lengths
    means: np.ndarray = np.add.reduceat(values, starts) / lengths
    return means


def standardized(values: np.ndarray) -> np.ndarray:
    """Mean 0 and variance 1 over T: (T, ...); constants become 0."""
    centered = values - values.mean(axis=0)
    spread = centered.std(axis=0)
    scaled: np.ndarray = centered / np.where(spread > 0, spread, 1.0)
    return scaled
