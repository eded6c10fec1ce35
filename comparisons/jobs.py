"""What a worker can be asked to do with a run."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from comparisons.frameworks import get_framework, worker_environment
from shared.specs import RunSpec

Message = dict[str, Any]
Emit = Callable[[Message], None]


def run_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Train and score; the record's raw fields."""
    from comparisons.train import train_run

    implementation = load_implementation(run)
    loop = get_framework(run.framework).loop
    path = request.get("checkpoint")
    checkpoint = Path(path) if path else None
    return train_run(run, implementation, loop, emit, checkpoint)


def score_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Scores of a checkpoint, and how far it is from the reference."""
    from comparisons.score import score_checkpoint

    return score_checkpoint(run, load_implementation(run), request["path"])


def predict_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Outputs of a checkpoint for the request's examples."""
    from comparisons.predict import predict_examples

    return predict_examples(run, load_implementation(run), request)


def generate_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Symbols that follow the request's prompt, emitted as they are drawn."""
    from comparisons.generate import write_on

    return write_on(run, load_implementation(run), request, emit)


def translate_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Targets that a checkpoint writes for the request's sources."""
    from comparisons.translate import write_targets

    return write_targets(run, load_implementation(run), request)


def short_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """The short equivalence gates of the run's own model, and its size.

    A framework's own initialisation brings its own parameters (a second
    bias, one less), so that there is nothing to prove of it.
    """
    from comparisons.equivalence.checks import short_checks
    from comparisons.equivalence.measure import Deviation
    from comparisons.train import load_dataset
    from shared.tasks import model_spec
    from shared.weights.layout import count_parameters

    implementation = load_implementation(run)
    dataset = load_dataset(run)
    spec = model_spec(run, dataset)
    # With the threads that it is to train on: JAX keeps those it starts with.
    implementation.configure(run.device, run.threads, run.precision, 0)
    if run.init == "native":
        return {"gaps": []}
    loop = get_framework(run.framework).loop
    gaps = short_checks(implementation, spec, run.precision, loop)
    model = implementation.build_model(spec)
    count = implementation.count_parameters(model)
    apart = float(abs(count - count_parameters(spec)))
    gaps.append(Deviation(f"{run.cell} of the run", "parameters", apart, 0.0))
    return {"gaps": [gap._asdict() for gap in gaps]}


def gates_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """The full equivalence gates of the cell in the run's precision."""
    from comparisons.equivalence.cases import cases
    from comparisons.equivalence.checks import full_checks

    implementation = load_implementation(run)
    implementation.configure(run.device, run.threads, run.precision, 0)
    loop = get_framework(run.framework).loop
    found = []
    for case in cases():
        if case.cell == run.cell and case.layers == request["layers"]:
            found += full_checks(implementation, case, run.precision, loop)
    return {"gaps": [gap._asdict() for gap in found]}


def baselines_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Scores of the task's baselines; no framework is imported."""
    from comparisons.train import load_dataset
    from shared.tasks import get_task

    dataset = load_dataset(run)
    task = get_task(run.task, dataset.metric)
    return {
        "metric": task.metric,
        "baselines": task.baselines(dataset),
        "floor": task.floor(dataset),
        "facts": dict(dataset.facts),
    }


def inspect_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Canonical name, own name and own shape of each weight."""
    from comparisons.train import load_dataset
    from shared.tasks import model_spec

    implementation = load_implementation(run)
    dataset = load_dataset(run)
    spec = model_spec(run, dataset)
    implementation.configure("cpu", run.threads, run.precision, run.seed)
    model = implementation.build_model(spec)
    tensors = [
        (name, own, list(tensor.shape))
        for name, own, tensor in implementation.named_tensors(model)
    ]
    return {
        "tensors": tensors,
        "parameters": implementation.count_parameters(model),
    }


def bench_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Raw times of what `compare.py bench` looks at."""
    from comparisons.bench_timing import TIMERS

    return TIMERS[request["timer"]](run, load_implementation(run), request)


def lengths_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Step times of one padded batch, told of its lengths and not."""
    from comparisons.lengths import time_lengths

    return time_lengths(run, load_implementation(run), request)


def attention_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Step times by kind of attention, and times of decoding by beam."""
    from comparisons.bench_attention import time_attention

    return time_attention(run, load_implementation(run), request)


def unroll_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Every gate and state at each step of the request's example."""
    from comparisons.studies.unrolling import unroll_example

    return unroll_example(run, load_implementation(run), request)


def neurons_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Activations and next symbols of a checkpoint over a text."""
    from comparisons.studies.neurons_reading import read_symbols

    return read_symbols(run, load_implementation(run), request)


def looks_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """Where a checkpoint looks while it writes the request's targets."""
    from comparisons.studies.attention_reading import read_sources

    return read_sources(run, load_implementation(run), request)


def flow_job(run: RunSpec, request: Message, emit: Emit) -> Message:
    """How far back in time the loss of the request's examples reaches."""
    from comparisons.studies.gradients_reading import read_flow

    return read_flow(run, load_implementation(run), request)


JOBS = {
    "run": run_job,
    "short": short_job,
    "gates": gates_job,
    "baselines": baselines_job,
    "inspect": inspect_job,
    "bench": bench_job,
    "lengths": lengths_job,
    "attention": attention_job,
    "score": score_job,
    "predict": predict_job,
    "generate": generate_job,
    "translate": translate_job,
    "unroll": unroll_job,
    "neurons": neurons_job,
    "looks": looks_job,
    "flow": flow_job,
}


def load_implementation(run: RunSpec) -> Any:
    """Import the framework's package, its environment set before."""
    framework = get_framework(run.framework)
    if framework.package not in sys.modules:
        os.environ.update(
            worker_environment(
                run.framework, run.precision, run.device, run.threads
            )
        )
    with hidden(framework.unneeded):
        return importlib.import_module(framework.package)


@contextmanager
def hidden(names: Iterable[str]) -> Iterator[None]:
    """Inside, these modules are as if not installed, unless imported."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
