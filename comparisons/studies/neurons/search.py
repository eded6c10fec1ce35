"""The units of a model that follow features of a text.

A correlation on one text is exploration, not proof: the best of many units
always follows something a little, and by chance.
"""

from __future__ import annotations

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
    """Every unit against every varying feature: r (F, H), chance (F,)."""

    features: list[str]
    correlations: np.ndarray
    chance: np.ndarray
    constant: list[str]


def search(h: np.ndarray, labels: Sequence[str]) -> Search:
    """Correlate every unit of h (T, H) with every feature of T tokens."""
    text = "".join(labels)
    values = {
        name: by_token(feature.values(text), labels)
        for name, feature in FEATURES.items()
    }
    varied = [name for name, value in values.items() if np.ptp(value) > 0]
    units = standardized(h)  # (T, H)
    found = [correlations(standardized(values[name]), units) for name in varied]
    return Search(
        varied,
        np.array([r[0] for r in found]).reshape(len(varied), h.shape[1]),
        np.array([chance_level(r) for r in found]),
        [name for name in values if name not in varied],
    )


def detectors(found: Search) -> list[Detector]:
    """The best unit for each feature, the strongest correlation first."""
    rows = []
    for name, r, chance in zip(
        found.features, found.correlations, found.chance, strict=True
    ):
        unit = int(np.abs(r).argmax())
        rows.append(Detector(name, unit, float(r[unit]), float(chance)))
    return sorted(rows, key=lambda row: -abs(row.correlation))


def best_feature(found: Search, unit: int) -> tuple[str, float]:
    """The feature most correlated with a unit, and the correlation."""
    r = found.correlations[:, unit]
    row = int(np.abs(r).argmax())
    return found.features[row], float(r[row])


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


def correlations(feature: np.ndarray, units: np.ndarray) -> np.ndarray:
    """r (T, H) of a feature (T,), shifted by 0, 1, ..., T - 1, with units."""
    steps = np.arange(len(feature))
    places = (steps[:, None] + steps) % len(feature)  # (T, T)
    r: np.ndarray = feature[places] @ units / len(feature)
    return r


def chance_level(r: np.ndarray) -> float:
    """Quantile over shifts of the best unit's |r|: r (T, H)."""
    least = max(1, int(LEAST_SHIFT * len(r)))
    best = np.abs(r[least : len(r) - least + 1]).max(axis=1)
    return float(np.quantile(best, QUANTILE))
