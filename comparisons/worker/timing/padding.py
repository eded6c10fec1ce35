"""Timing what passing lengths to a layer costs."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from comparisons.frameworks import get_framework
from comparisons.implementation import Implementation
from comparisons.worker.jobs import Emit, Message
from comparisons.worker.timing.training import timed_epochs
from shared.specs import ModelSpec, RunSpec, Split, TrainSpec

TURNS = 3
"""How often it changes between told and not told."""


def time_lengths(
    run: RunSpec, implementation: Implementation, sizes: Message, emit: Emit
) -> dict[str, list[float]]:
    """Seconds of each training step, with lengths given and without."""
    loop = get_framework(run.framework).loop
    implementation.configure(run.device, run.threads, run.precision, 0)
    spec = ModelSpec(
        cell=run.cell,
        input_size=sizes["size"],
        hidden_size=sizes["hidden_size"],
        bidirectional=True,
    )
    model = implementation.build_model(spec)
    told = padded_batch(sizes)
    batches = {"with": told, "without": told._replace(lengths=None)}
    count = -(-sizes["repeats"] // TURNS) + 1  # the first one compiles
    training = TrainSpec(
        epochs=count, batch_size=sizes["batch_size"], loop=loop
    )
    seconds: dict[str, list[float]] = {"with": [], "without": []}
    for _ in range(TURNS):
        for kind, batch in batches.items():
            fit = partial(implementation.fit, model, batch, training)
            seconds[kind] += timed_epochs(fit)
    return seconds


def padded_batch(sizes: dict[str, Any]) -> Split:
    """One batch, lengths uniform from the shortest to T, one of them T."""
    rng = np.random.default_rng(0)
    batch, steps = sizes["batch_size"], sizes["steps"]
    lengths = rng.integers(sizes["shortest"], steps + 1, batch, np.int32)
    lengths[0] = steps
    x = rng.normal(size=(batch, steps, sizes["size"])).astype(np.float32)
    x *= (np.arange(steps) < lengths[:, None])[:, :, None]
    y = rng.normal(size=(batch, 1)).astype(np.float32)
    return Split(x, y, lengths)
