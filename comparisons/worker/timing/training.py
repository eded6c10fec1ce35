"""Our training step and those of minimal loops, in turn in one process."""

import importlib
import time
from collections.abc import Iterator
from dataclasses import replace
from statistics import median
from typing import Any

from comparisons.frameworks import get_framework
from comparisons.worker.data import load_dataset
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.timing.generation import time_generation
from shared.batching.batches import epoch_batches, steps_per_epoch
from shared.specs import RunSpec, Split, TrainSpec
from shared.weights.flops import step_flops

WORK = 40e9
"""Floating-point operations of a round: a second or less."""

FEWEST, MOST = 2, 8
"""Steps of a round: the state is passed on in each, and none takes long."""

SIZE, PRODUCTS = 2048, 6
"""Rows of the square matrices whose product is timed, and how often."""

Times = dict[str, list[float]]


def time_epochs(job: Job) -> Message:
    """Seconds per step of each epoch but the first, ours and minimal."""
    return in_turn(job, load_dataset(job.run).train)


def time_rounds(job: Job) -> Message:
    """The same for rounds of a few steps, with the FLOPs of a step.

    The windows of a round are consecutive; all rounds read the same ones.
    """
    dataset, train = load_dataset(job.run), job.run.train
    length = dataset.train.x.shape[1]
    flops = step_flops(job.run.model, train.batch_size, length)
    steps = round_steps(flops, steps_per_epoch(dataset.train, train))
    windows = slice(steps * train.batch_size)
    split = Split(dataset.train.x[windows], dataset.train.y[windows], None)
    return {
        **in_turn(job, split),
        "steps": steps,
        "tokens": train.batch_size * length,
        "unit": dataset.metadata["unit"],
        "flops": flops,
        "product_rates": product_rates(job.run),
    }


def round_steps(flops: int, available: int) -> int:
    """Steps per round: WORK FLOPs in all, within bounds."""
    return min(available, MOST, max(FEWEST, round(WORK / flops)))


def product_rates(run: RunSpec) -> list[float]:
    """FLOP/s of each product of two large matrices."""
    multiply = baseline_of(run).matrix_product(SIZE)
    multiply()  # compiles
    rates = []
    for _ in range(PRODUCTS):
        since = time.perf_counter()
        multiply()
        rates.append(2 * SIZE**3 / (time.perf_counter() - since))
    return rates


def baseline_of(run: RunSpec, folder: str = "") -> Any:
    name = folder + get_framework(run.framework).baseline
    return importlib.import_module(f"comparisons.bench.loops.{name}")


LOOPS = {"train": "guide", "train_tuned": "tuned"}
"""Function of a baseline module -> its loop; one that is tuned is optional."""

BASELINES = {"language_model": "language."}
"""The folder of a model's minimal loops, where it has its own."""


def minimal_loops(
    run: RunSpec, train: TrainSpec, split: Split
) -> dict[str, Iterator[float]]:
    """Name in LOOPS -> an iterator that trains for an epoch at a time."""

    def batches(epoch: int) -> Iterator[Split]:
        for batch in epoch_batches(split, train, epoch):
            yield Split(batch.x, batch.y, batch.lengths)

    module = baseline_of(run, BASELINES.get(run.model.model, ""))
    steps = steps_per_epoch(split, train)
    return {
        name: getattr(module, name)(run.model, train, batches, steps)
        for name in LOOPS
        if hasattr(module, name)
    }


def in_turn(job: Job, split: Split) -> Message:
    """Seconds a step of each epoch but the first, ours and minimal.

    "minimal" is the faster of the framework's loops by hand, all in "loops".
    """
    train = replace(job.run.train, epochs=job.request["epochs"])
    steps, model = steps_per_epoch(split, train), job.first_model()
    loops = minimal_loops(job.run, train, split)
    times: Times = {name: [] for name in ("ours", *loops)}
    since = time.perf_counter()

    def on_epoch_end(epoch: int, loss: float) -> bool:
        nonlocal since
        times["ours"].append((time.perf_counter() - since) / steps)
        for name, loop in loops.items():
            since = time.perf_counter()
            next(loop)
            times[name].append((time.perf_counter() - since) / steps)
        since = time.perf_counter()
        return False

    job.implementation.fit(model, split, train, on_epoch_end)
    compiled = {name: seconds[1:] for name, seconds in times.items()}
    fastest = min(loops, key=lambda name: median(compiled[name]))
    return {
        "hidden_size": job.run.model.hidden_size,
        "ours": compiled["ours"],
        "minimal": compiled[fastest],
        "loops": {LOOPS[name]: compiled[name] for name in loops},
    }


TIMERS = {
    "epochs": time_epochs,
    "rounds": time_rounds,
    "texts": time_generation,
}
"""Name in a request -> what is timed."""


def time_job(job: Job) -> Message:
    return TIMERS[job.request["timer"]](job)
