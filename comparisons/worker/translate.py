"""The job `translate`: decoded targets."""

from __future__ import annotations

from typing import Any

import numpy as np

from comparisons.implementation import Implementation
from comparisons.worker.jobs import Emit, Message
from comparisons.worker.loading import load_trained
from shared.decoding.options import DecodingOptions
from shared.specs import RunSpec


def decode_targets(
    run: RunSpec, implementation: Implementation, request: Message, emit: Emit
) -> dict[str, Any]:
    where = (run.threads, run.device, run.precision)
    _, model = load_trained(implementation, request["path"], *where)
    search = DecodingOptions(**request["search"])
    x = np.array(request["x"], np.int32)
    lengths = np.array(request["lengths"], np.int32)
    symbols = implementation.decode(model, x, lengths, search)
    return {"symbols": symbols.tolist()}
