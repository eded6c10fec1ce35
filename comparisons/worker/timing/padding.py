"""Timing what passing lengths to a layer costs."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.timing.epochs import TURNS, timed_in_turn
from shared.specs import ModelSpec, Split, TrainSpec

KINDS = {
    "with": ("native", "auto"),
    "without": ("native", "auto"),
    "by_hand": ("bptt", "auto"),
}
"""Kind of a step -> `ModelSpec.impl`, `TrainSpec.packing`."""


PACKING_KINDS = {
    "pytorch": {"packed": ("native", "on"), "padded": ("native", "off")}
}
"""Framework -> further kinds, with lengths, of one that can pack."""


def time_lengths(job: Job) -> Message:
    """Seconds of each training step, by its kind."""
    run, implementation, sizes = job.run, job.implementation, job.request
    implementation.configure(run.device, run.threads, run.precision, 0)
    spec = padding_spec(run.cell, sizes)
    models = {
        impl: implementation.build_model(replace(spec, impl=impl))
        for impl, _ in KINDS.values()
    }
    padded = padded_batch(sizes)
    plain = padded._replace(lengths=None)
    count = -(-sizes["repeats"] // TURNS) + 1  # the first one compiles
    training = TrainSpec(
        epochs=count, batch_size=sizes["batch_size"], loop=run.train.loop
    )
    kinds = KINDS | PACKING_KINDS.get(run.framework, {})
    fits = {
        kind: partial(
            implementation.fit,
            models[impl],
            plain if kind == "without" else padded,
            replace(training, packing=packing),
        )
        for kind, (impl, packing) in kinds.items()
    }
    return {"sizes": sizes, **timed_in_turn(fits)}


def padding_spec(cell: str, sizes: Mapping[str, Any]) -> ModelSpec:
    return ModelSpec(
        cell=cell,
        input_size=sizes["size"],
        hidden_size=sizes["hidden_size"],
        bidirectional=True,
    )


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
