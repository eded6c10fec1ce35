"""The job `predict`: outputs of a checkpoint."""

from __future__ import annotations

from typing import Any

import numpy as np

from comparisons.implementation import Implementation
from comparisons.worker.jobs import Emit, Message
from comparisons.worker.loading import load_trained
from shared.specs import RunSpec


def predict_examples(
    run: RunSpec, implementation: Implementation, request: Message, emit: Emit
) -> dict[str, Any]:
    _, model = load_trained(implementation, request["path"], run.threads)
    x = np.array(request["x"], request["x_type"])
    lengths = np.array(request["lengths"], np.int32)
    outputs = implementation.predict(model, x, lengths)
    return {"outputs": outputs.tolist()}
