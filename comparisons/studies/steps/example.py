"""An example, unrolled by every framework and by the reference."""

from dataclasses import dataclass

import numpy as np

from comparisons.equivalence.deviation import WORST, deviation
from comparisons.studies.common import over_limit
from comparisons.worker.requests import ENDINGS, Example
from shared.exhibits.names import framework_name
from shared.reference import model as reference_model
from shared.reference import unroll as reference_unroll
from shared.specs import RunSpec

GATES = "rzifo"
"""Quantities between 0 and 1; the others may be negative."""

Arrays = dict[str, np.ndarray]


def expected(example: Example, seed: int) -> Arrays:
    """The same quantities from the numpy reference."""
    model, _, x, lengths = example
    weights = example.weights(seed)
    found = reference_unroll.unroll(model, weights, x, lengths)
    found[ENDINGS] = reference_model.forward(model, weights, *example.endings())
    return with_last_outputs(found)


def with_last_outputs(found: Arrays) -> Arrays:
    """ENDINGS (T, K); of outputs at every step (T, T, K) the last ones."""
    if found[ENDINGS].ndim > 2:
        steps = range(len(found[ENDINGS]))
        found[ENDINGS] = found[ENDINGS][steps, steps]
    return found


@dataclass(frozen=True)
class Unrolled:
    """An example in every framework, and in the reference.

    labels: one a step; found: framework -> quantities by name; limit: the
    largest deviation from `reference` that passes.
    """

    example: Example
    run: RunSpec
    labels: list[str]
    found: dict[str, Arrays]
    reference: Arrays
    limit: float

    @property
    def first(self) -> Arrays:
        """The quantities of the first framework, which are shown."""
        return next(iter(self.found.values()))

    def deviations(self, framework: str) -> dict[str, float]:
        """Quantity -> deviation of one framework; WORST if names differ."""
        found = self.found[framework]
        if found.keys() != self.reference.keys():
            return dict.fromkeys(self.reference, WORST)
        return {n: deviation(found[n], a) for n, a in self.reference.items()}

    def over(self) -> list[str]:
        """A message for each quantity over the limit."""
        return [
            over_limit(f"{framework_name(row)}: {name}", error, self.limit)
            for row in self.found
            for name, error in self.deviations(row).items()
            if not error <= self.limit
        ]
