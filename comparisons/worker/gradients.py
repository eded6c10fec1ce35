"""The job `gradients`: the gradient of a loss with respect to each state."""

from __future__ import annotations

from typing import Any

import numpy as np

from comparisons.equivalence.deviation import largest_deviation
from comparisons.implementation import Implementation
from comparisons.studies.gradients.starts import Start
from comparisons.worker.jobs import Emit, Message
from shared.reference import state_gradients as reference_gradients
from shared.specs import ModelSpec, RunSpec, Split


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
    found = implementation.flow(model, split)
    expected = reference_gradients.flow(start.model, weights, split)
    return {
        "norms": {
            name: reference_gradients.norms(slopes).tolist()
            for name, slopes in found.items()
        },
        "deviation": largest_deviation(found, expected),
    }
