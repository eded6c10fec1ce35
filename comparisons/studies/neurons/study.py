"""All that the study of neurons shows."""

from typing import NamedTuple

import numpy as np

from comparisons.runs.trained import title
from comparisons.studies.neurons.colors import stripped
from comparisons.studies.neurons.features import FEATURES
from comparisons.studies.neurons.options import NeuronsOptions
from comparisons.studies.neurons.search import Search
from comparisons.worker.neurons import Reading
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

    def label(self, unit: int) -> str:
        """A unit with the features it was found for, else its best one."""
        wanted = self.options.features or self.found.correlations
        best = {
            row.feature: row.correlation
            for row in self.found.detectors
            if row.unit == unit and row.feature in wanted
        }
        best = best or dict([self.found.best_feature(unit)])
        texts = [f"{FEATURES[n].text}, r {r:+.2f}" for n, r in best.items()]
        return f"unit {unit}: {'; '.join(texts)}"

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
