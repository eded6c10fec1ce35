"""What a worker does for the study of steps: unroll one example."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.equivalence.deviation import WORST, deviation
from shared.reference import model as reference_model
from shared.reference import unroll as reference_unroll
from shared.specs import ModelSpec, RunSpec, Weights
from shared.weights.checkpoints import load_checkpoint
from shared.weights.init import initial_weights

Arrays = dict[str, np.ndarray]

ENDINGS = "endings"
"""Name of the outputs (T, K) had the sequence ended at step 1, 2, ..., T."""


class Example(NamedTuple):
    """One sequence, its model, and the file of trained weights, if any."""

    model: ModelSpec
    checkpoint: str | None
    x: np.ndarray  # (1, T, D) values or (1, T) indices
    lengths: np.ndarray | None  # (1,)

    def endings(self) -> tuple[np.ndarray, np.ndarray]:
        """All prefixes of the sequence: (T, T, ..), lengths (T,)."""
        steps = self.x.shape[1]
        ends = np.arange(1, steps + 1, dtype=np.int32)
        return np.repeat(self.x, steps, axis=0), ends

    def weights(self, seed: int) -> Weights:
        """The trained weights, or the initial ones of the seed."""
        if self.checkpoint is None:
            return initial_weights(self.model, seed)
        return load_checkpoint(Path(self.checkpoint)).weights


def request_of(example: Example) -> dict[str, Any]:
    """The example for a worker, as JSON."""
    lengths = example.lengths
    return {
        "model": asdict(example.model),
        "checkpoint": example.checkpoint,
        "x": example.x.tolist(),
        "x_type": str(example.x.dtype),
        "lengths": None if lengths is None else lengths.tolist(),
    }


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
