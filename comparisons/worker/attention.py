"""The job `attention`: attention weights of a checkpoint."""

from __future__ import annotations

from typing import Any

import numpy as np

from comparisons.implementation import Implementation
from comparisons.studies.attention.maps import Looks
from comparisons.worker.attention_maps import read_greedily
from comparisons.worker.checkpoints import load_trained
from comparisons.worker.jobs import Emit, Message
from shared.specs import RunSpec


def read_sources(
    run: RunSpec, implementation: Implementation, request: Message, emit: Emit
) -> dict[str, Any]:
    where = (run.threads, run.device, run.precision)
    _, model = load_trained(implementation, request["path"], *where)
    sources = np.array(request["sources"], np.int32)
    lengths = np.array(request["lengths"], np.int32)
    x, written = read_greedily(implementation, model, sources, lengths)
    weights = implementation.looks(model, x, lengths)
    found = Looks(x, written, weights)
    return {name: a.tolist() for name, a in found._asdict().items()}
