"""All that the study of neurons shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from comparisons.runs.trained import title
from comparisons.studies.neurons.colors import named, scaled
from comparisons.studies.neurons.features import (
    SCORES,
    Search,
    detectors,
    followed,
)
from comparisons.studies.neurons.options import Asked
from comparisons.worker.neurons import Reading


class Study(NamedTuple):
    """A text, the model's reading of it, and the units to show."""

    asked: Asked
    reading: Reading
    found: Search
    units: list[int]

    def strip(self, unit: int) -> np.ndarray:
        """The activations of a unit, in [-1, 1]: (T,)."""
        values: np.ndarray = scaled(self.reading.h)[:, unit]
        return values

    def label(self, unit: int) -> str:
        """A unit with the features it was found for, else its best one."""
        wanted = self.asked.find or self.found.features
        best = {
            row.feature: row.correlation
            for row in detectors(self.found)
            if row.unit == unit and row.feature in wanted
        }
        if not best:
            best = dict([followed(self.found, unit)])
        texts = [f"{SCORES[n].words}, r {r:+.2f}" for n, r in best.items()]
        return f"unit {unit}: {'; '.join(texts)}"

    def expected(self, t: int) -> list[tuple[str, float]]:
        """The most probable tokens after step t, with probabilities."""
        reading = self.reading
        return [
            (named(self.asked.name(index)), float(share))
            for index, share in zip(
                reading.likely[t], reading.shares[t], strict=True
            )
        ]

    def came(self, t: int) -> float | None:
        """Probability of the actual next token; None after the last."""
        came = self.reading.came
        return float(came[t]) if t < len(came) else None

    def heading(self) -> Iterator[str]:
        asked = self.asked
        model = asked.trained.model
        yield title(asked.trained)
        yield f"read with {', '.join(asked.frameworks)}: {asked.source}"
        yield (
            f"units 0 to {model.hidden_size - 1} of layer {asked.layer}; "
            f"layers: {model.num_layers}"
        )
