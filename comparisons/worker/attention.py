"""The job `attention`: attention weights of a checkpoint."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from comparisons.implementation import Implementation
from comparisons.worker.attention_maps import read_greedily
from comparisons.worker.jobs import Emit, Message
from comparisons.worker.loading import load_trained
from shared.specs import RunSpec


class Looks(NamedTuple):
    """Targets that were written, and where attention looked meanwhile."""

    x: np.ndarray  # (B, T, 2), what was read
    written: np.ndarray  # (B, T - 1), -1 past its end
    weights: np.ndarray  # (B, T, T)


def read_sources(
    run: RunSpec, implementation: Implementation, request: Message, emit: Emit
) -> dict[str, Any]:
    where = (run.threads, run.device, run.precision)
    _, model = load_trained(implementation, request["path"], *where)
    sources = np.array(request["sources"], np.int32)
    lengths = np.array(request["lengths"], np.int32)
    x, written = read_greedily(implementation, model, sources, lengths)
    weights = implementation.attention_maps(model, x, lengths)
    found = Looks(x, written, weights)
    return {name: a.tolist() for name, a in found._asdict().items()}
