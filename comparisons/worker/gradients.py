"""The job `gradients`: the gradient of a loss with respect to each state."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.equivalence.deviation import largest_deviation
from comparisons.implementation import Implementation
from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.jobs import Emit, Message
from shared.reference import state_gradients as reference_gradients
from shared.reference.model import in_float64
from shared.specs import ModelSpec, RunSpec, Split, Weights
from shared.weights.init import initial_weights


@dataclass(frozen=True)
class Start:
    """Weights to look at: a checkpoint's, or the first ones of a seed.

    radius: what the recurrent weights of the first ones are multiplied by;
    they are orthogonal, so that it is their spectral radius.
    """

    model: ModelSpec
    seed: int
    radius: float = 1.0
    checkpoint: str = ""

    def weights(self) -> Weights:
        """The weights, in float64."""
        if self.checkpoint:
            return in_float64(load_checkpoint(Path(self.checkpoint)).weights)
        found = in_float64(initial_weights(self.model, self.seed))
        return {
            name: w * self.radius if name.endswith("w_hh") else w
            for name, w in found.items()
        }


def read_gradients(
    run: RunSpec, implementation: Implementation, request: Message, emit: Emit
) -> dict[str, Any]:
    """Norms of ∂loss/∂h by layer and step, and their deviation."""
    own = request["start"]
    start = Start(**{**own, "model": ModelSpec(**own["model"])})
    x, y = (
        np.array(request[name], kind)
        for name, kind in zip("xy", request["types"], strict=True)
    )
    split, weights = Split(x, y, None), start.weights()
    implementation.configure(run.device, run.threads, run.precision, run.seed)
    model = implementation.build_model(start.model)
    implementation.load_weights(model, weights)
    found = implementation.state_gradients(model, split)
    expected = reference_gradients.state_gradients(start.model, weights, split)
    return {
        "norms": {
            name: reference_gradients.norms(slopes).tolist()
            for name, slopes in found.items()
        },
        "deviation": largest_deviation(found, expected),
    }


def request_of(start: Start, split: Split) -> dict[str, Any]:
    """Weights and examples for a worker, as JSON."""
    return {
        "start": asdict(start),
        "x": split.x.tolist(),
        "y": split.y.tolist(),
        "types": [str(split.x.dtype), str(split.y.dtype)],
    }
