"""What a worker does for the study of gradients: how far a loss reaches."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shared.reference.model import in_float64
from shared.specs import ModelSpec, Split, Weights
from shared.weights.checkpoints import load_checkpoint
from shared.weights.init import initial_weights


@dataclass(frozen=True)
class Start:
    """Examined weights: a checkpoint's, or the initial ones of a seed.

    radius: factor of the initial recurrent weights; these are orthogonal, so
        that it is their spectral radius.
    """

    model: ModelSpec
    seed: int
    radius: float = 1.0
    checkpoint: str = ""

    def weights(self) -> Weights:
        if self.checkpoint:
            return in_float64(load_checkpoint(Path(self.checkpoint)).weights)
        found = in_float64(initial_weights(self.model, self.seed))
        return {
            name: w * self.radius if name.endswith("w_hh") else w
            for name, w in found.items()
        }


def last_alone(split: Split, count: int) -> Split:
    """Some examples, with a target at the last step only."""
    x, y = split.x[:count], split.y[:count]
    if y.ndim > 1 and y.dtype.kind == "i":
        y = y.copy()
        y[:, :-1] = -1
    return Split(x, y, None)


def request_of(start: Start, split: Split) -> dict[str, Any]:
    """Weights and examples for a worker, as JSON."""
    return {
        "start": asdict(start),
        "x": split.x.tolist(),
        "y": split.y.tolist(),
        "types": [str(split.x.dtype), str(split.y.dtype)],
    }
