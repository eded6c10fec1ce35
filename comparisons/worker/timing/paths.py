"""Timing the ways that a framework has to compute the same layer."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from statistics import median
from typing import Any

import numpy as np

from comparisons.frameworks.paths import PATHS, Path
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.timing.operations.traced import traced_epoch
from comparisons.worker.timing.rounds import Fit, timed_rounds
from shared.reference.model import forward
from shared.specs import ModelSpec, Split, TrainSpec
from shared.weights.init import initial_weights
from shared.weights.products import Product, layer_products

WORK = 1e9
"""Floating-point operations of an epoch, about a tenth of a second."""

MOST = 32
"""Steps of an epoch at most."""

CHECKED = 2
"""Sequences whose outputs are compared with those of the reference."""

REPEATS = 5
"""How often the products of a shape are timed; the median counts."""


def time_paths(job: Job) -> Message:
    """Seconds of a step on each path, round by round, and of the products."""
    run, implementation, sizes = job.run, job.implementation, job.request
    implementation.configure(run.device, run.threads, run.precision, 0)
    mode, spec = sizes["mode"], path_spec(run.cell, sizes)
    products = products_of(spec, sizes)
    before = product_seconds(products)
    package = implementation.__name__  # type: ignore[attr-defined]
    paths = {name: PATHS[package][name] for name in sizes["paths"]}
    models = {name: built(job, spec, path) for name, path in paths.items()}
    timer = {"training": time_training, "inference": time_inference}[mode]
    times = timer(job, paths, models)
    numbers = {n: size for n, size in sizes.items() if type(size) is int}
    return {
        "mode": mode,
        "sizes": numbers,
        "times": times,
        "deviations": {
            name: deviation(job, spec, path, models[name])
            for name, path in paths.items()
        },
        "products": [before, product_seconds(products)],
        "flops": sum(product.flops for product in products),
        "bytes": sum(product.bytes for product in products),
        "operations": operations_of(job, paths, models),
    }


def products_of(spec: ModelSpec, sizes: Mapping[str, Any]) -> list[Product]:
    training = sizes["mode"] == "training"
    return layer_products(spec, sizes["batch_size"], sizes["steps"], training)


def path_spec(cell: str, sizes: Mapping[str, Any]) -> ModelSpec:
    return ModelSpec(
        cell=cell,
        input_size=sizes["size"],
        hidden_size=sizes["hidden_size"],
    )


def built(job: Job, spec: ModelSpec, path: Path) -> Any:
    """A model of this path, with the weights that all of them have."""
    spec = replace(spec, impl=path.impl)
    return job.implementation.build_model(spec, initial_weights(spec, 0))


def batch(sizes: Mapping[str, Any], path: Path, count: int = 1) -> Split:
    """Batches of normal numbers; lengths from T / 4 to T where it has any."""
    rng = np.random.default_rng(0)
    rows, steps = count * sizes["batch_size"], sizes["steps"]
    x = rng.normal(size=(rows, steps, sizes["size"])).astype(np.float32)
    y = rng.normal(size=(rows, 1)).astype(np.float32)
    if not path.packing:
        return Split(x, y, None)
    lengths = rng.integers(-(-steps // 4), steps + 1, rows, np.int32)
    lengths[:: sizes["batch_size"]] = steps
    x *= (np.arange(steps) < lengths[:, None])[:, :, None]
    return Split(x, y, lengths)


def time_training(
    job: Job, paths: Mapping[str, Path], models: Mapping[str, Any]
) -> dict[str, list[float]]:
    """Seconds of a training step, by path; an epoch of each in turn."""
    fits, count = trainings(job, paths, models)
    found = timed_rounds(fits, job.request["rounds"])
    return {name: [s / count for s in all_] for name, all_ in found.items()}


def trainings(
    job: Job, paths: Mapping[str, Path], models: Mapping[str, Any]
) -> tuple[dict[str, Fit], int]:
    """A training on each path, and the steps of its epochs."""
    sizes = job.request
    spec = path_spec(job.run.cell, sizes)
    flops = sum(product.flops for product in products_of(spec, sizes))
    count = max(1, min(MOST, math.ceil(WORK / flops)))
    training = TrainSpec(
        epochs=sizes["rounds"] + 1, batch_size=sizes["batch_size"]
    )
    fits: dict[str, Fit] = {
        name: partial(
            job.implementation.fit,
            models[name],
            batch(sizes, path, count),
            replace(training, loop=path.loop, packing=path.packing or "auto"),
        )
        for name, path in paths.items()
    }
    return fits, count


def operations_of(
    job: Job, paths: Mapping[str, Path], models: Mapping[str, Any]
) -> dict[str, dict[str, float]]:
    """Path -> seconds of a step by kind of operation, if they are requested."""
    if not job.request.get("operations"):
        return {}
    fits, count = trainings(job, paths, models)
    traced = {
        name: traced_epoch(job.run.framework, fit) for name, fit in fits.items()
    }
    return {
        name: {kind: seconds / count for kind, seconds in kinds.items()}
        for name, kinds in traced.items()
    }


def time_inference(
    job: Job, paths: Mapping[str, Path], models: Mapping[str, Any]
) -> dict[str, list[float]]:
    """Seconds of a prediction of one batch, by path, from arrays to arrays."""
    sizes = job.request
    calls = {}
    for name, path in paths.items():
        split = batch(sizes, path)
        calls[name] = partial(
            job.implementation.predict, models[name], split.x, split.lengths
        )
        calls[name]()  # compiles
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(sizes["rounds"]):
        for name, call in calls.items():
            since = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - since)
    return seconds


def deviation(job: Job, spec: ModelSpec, path: Path, model: Any) -> float:
    """Largest deviation of outputs from the reference, with first weights."""
    job.implementation.load_weights(model, initial_weights(spec, 0))
    split = batch(job.request, path)
    x, lengths = split.x[:CHECKED], split.lengths
    lengths = None if lengths is None else lengths[:CHECKED]
    found = job.implementation.predict(model, x, lengths)
    wanted = forward(spec, initial_weights(spec, 0), x, lengths)
    return float(np.abs(found - wanted).max() / np.abs(wanted).max())


def product_seconds(products: Sequence[Product]) -> float:
    """Seconds of all products at their shapes, by the BLAS of NumPy.

    The same yardstick for all frameworks, which bring libraries of their own.
    """
    rng, total = np.random.default_rng(0), 0.0
    for rows, inner, columns, repeats in products:
        a = rng.normal(size=(rows, inner)).astype(np.float32)
        b = rng.normal(size=(inner, columns)).astype(np.float32)
        out, times = np.matmul(a, b), []
        for _ in range(REPEATS):
            since = time.perf_counter()
            for _ in range(repeats):
                np.matmul(a, b, out=out)
            times.append(time.perf_counter() - since)
        total += median(times)
    return total
