"""Timing a training step over the number of time steps T."""

import importlib
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.timing.epochs import timed_epochs
from shared.specs import ModelSpec, Split, TrainSpec


def time_lengths(job: Job) -> Message:
    """Seconds of training steps by T, of one form of a layer.

    A "loop" leaves the cells of this process no other form.
    """
    run, implementation, sizes = job.run, job.implementation, job.request
    implementation.configure(run.device, run.threads, run.precision, 0)
    if sizes["form"] == "loop":
        package = implementation.__name__  # type: ignore[attr-defined]
        importlib.import_module(f"{package}.cells").PARALLEL.clear()
    training = TrainSpec(
        epochs=sizes["repeats"] + 1,  # the first one compiles
        batch_size=sizes["batch_size"],
        loop=run.train.loop,
    )
    spec = scan_spec(run.cell, sizes, run.model.impl)
    times = {}
    for steps in sizes["lengths"]:
        # Another model for each T: a framework may compile for any T else.
        model = implementation.build_model(spec)
        fit = partial(implementation.fit, model, batch(sizes, steps), training)
        times[str(steps)] = timed_epochs(fit)
    numbers = {n: size for n, size in sizes.items() if isinstance(size, int)}
    return {"sizes": numbers, "form": sizes["form"], "times": times}


def scan_spec(cell: str, sizes: Mapping[str, Any], impl: str) -> ModelSpec:
    return ModelSpec(
        cell=cell,
        input_size=sizes["size"],
        hidden_size=sizes["hidden_size"],
        impl=impl,
    )


def batch(sizes: Mapping[str, Any], steps: int) -> Split:
    """One batch of normal numbers, all of T steps."""
    rng = np.random.default_rng(0)
    shape = sizes["batch_size"], steps, sizes["size"]
    x = rng.normal(size=shape).astype(np.float32)
    y = rng.normal(size=(shape[0], 1)).astype(np.float32)
    return Split(x, y, None)
