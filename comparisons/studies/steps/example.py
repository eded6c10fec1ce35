"""An example, unrolled by every framework and by the reference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comparisons.equivalence.deviation import WORST, deviation
from comparisons.worker.unroll import ENDINGS, Example
from shared.reference import model as reference_model
from shared.reference import unroll as reference_unroll
from shared.specs import RunSpec

Arrays = dict[str, np.ndarray]


def expected(example: Example, seed: int) -> Arrays:
    """The same quantities from the numpy reference."""
    model, _, x, lengths = example
    weights = example.weights(seed)
    found = reference_unroll.unroll(model, weights, x, lengths)
    found[ENDINGS] = reference_model.forward(model, weights, *example.endings())
    return found


@dataclass(frozen=True)
class Unrolled:
    """An example in every framework, and in the reference.

    marks: a label per step; found: framework -> quantities by name; limit: the
        largest deviation from `reference` that passes.
    """

    example: Example
    run: RunSpec
    marks: list[str]
    found: dict[str, Arrays]
    reference: Arrays
    limit: float

    def deviations(self, framework: str) -> dict[str, float]:
        """Quantity -> deviation of one framework; WORST if names differ."""
        found = self.found[framework]
        if found.keys() != self.reference.keys():
            return dict.fromkeys(self.reference, WORST)
        return {
            name: deviation(found[name], values)
            for name, values in self.reference.items()
        }

    def parted(self) -> list[str]:
        """The quantities over the limit, in words."""
        return [
            f"{framework}: {name} parts from the reference by {apart:.1e} "
            f"(limit {self.limit:.0e})"
            for framework in self.found
            for name, apart in self.deviations(framework).items()
            if not apart <= self.limit
        ]
