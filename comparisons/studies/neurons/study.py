"""All that the study of neurons shows."""

from typing import NamedTuple

import numpy as np

from comparisons.runs.trained import title
from comparisons.studies.neurons.colors import stripped
from comparisons.studies.neurons.features import FEATURES
from comparisons.studies.neurons.options import NeuronsOptions
from comparisons.studies.neurons.search import Search
from comparisons.worker.studies.neurons import Reading
from shared.exhibits.names import framework_name


class Study(NamedTuple):
    """A text, the model's reading of it, and the units to show."""

    options: NeuronsOptions
    reading: Reading
    found: Search
    units: list[int]

    def strip(self, unit: int) -> np.ndarray:
        """The activations of a unit, scaled to [-1, 1] where needed: (T,)."""
        h = self.reading.h
        values: np.ndarray = h[:, unit] / max(1.0, float(np.abs(h).max()))
        return values

    def followed(self, unit: int) -> dict[str, float]:
        """Feature -> r: those a unit was found for, else its best one."""
        wanted = self.options.features or self.found.correlations
        best = {
            row.feature: row.correlation
            for row in self.found.detectors
            if row.unit == unit and row.feature in wanted
        }
        return best or dict([self.found.best_feature(unit)])

    def label(self, unit: int) -> str:
        best = self.followed(unit)
        texts = [f"{FEATURES[n].text}, r {r:+.2f}" for n, r in best.items()]
        return f"unit {unit}: {'; '.join(texts)}"

    def message(self) -> str:
        """What the units shown follow best, against what chance reaches."""
        unit, feature, r = max(
            (
                (u, f, r)
                for u in self.units
                for f, r in self.followed(u).items()
            ),
            key=lambda one: abs(one[2]),
        )
        chance = {row.feature: row.chance for row in self.found.detectors}
        text = f"“{FEATURES[feature].text}”"
        known = (
            f"r {r:+.2f}; by chance the best of {self.reading.h.shape[1]} "
            f"units reaches {chance[feature]:.2f}"
        )
        if abs(r) > chance[feature]:
            return f"Unit {unit} follows {text}: {known}"
        return (
            "No unit shown follows a feature better than chance; "
            f"at best unit {unit} {text}: {known}"
        )

    def predictions(self, t: int) -> list[tuple[str, float]]:
        """The most probable tokens after step t, with probabilities."""
        indices = self.reading.top[t]
        names = [stripped(self.options.token_text(i)) for i in indices]
        return list(zip(names, self.reading.top_probs[t].tolist(), strict=True))

    def heading(self) -> list[str]:
        options = self.options
        model = options.trained.model
        names = ", ".join(map(framework_name, options.frameworks))
        return [
            title(options.trained),
            f"read with {names}: {options.source}",
            f"units 0 to {model.hidden_size - 1} of layer {options.layer}; "
            f"layers: {model.num_layers}",
        ]
