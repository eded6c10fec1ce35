"""Timing predictions, a few calls at a time, from arrays to arrays.

The model and its batch stay in the process: other rows are timed between two
requests. A request of no calls compares the outputs instead.
"""

import time
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.equivalence.deviation import deviation, up_to_ends
from comparisons.implementation import Implementation, Model
from comparisons.records.environment import cpu_count
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from shared.specs import Array, RunSpec

STATE = "initial_"
"""What begins the name of a state among the inputs of an ONNX model."""


class Examples(NamedTuple):
    """A batch of the test part, and what the NumPy reference computes of it."""

    x: Array  # (B, T, D) or (B, T)
    lengths: Array | None  # (B,)
    expected: Array  # (B, K) or (B, T, K)


def time_framework(job: Job) -> Message:
    """Seconds of calls of `predict`, with the initial weights of the run."""
    batch = examples(Path(job.request["examples"]))
    # Modules can be hashed, which mypy does not say of a protocol.
    model = first_model(job.implementation, job.run)  # type: ignore[arg-type]
    predict = job.implementation.predict
    return timed(partial(predict, model, batch.x, batch.lengths), job)


def time_onnx(job: Job) -> Message:
    """The same of a model's file in ONNX Runtime, on the CPU."""
    batch = examples(Path(job.request["examples"]))
    session = onnx_session(job.request["model"], job.run.threads)
    return timed(partial(run_session, session, batch), job)


@lru_cache(maxsize=1)
def first_model(implementation: Implementation, run: RunSpec) -> Model:
    return Job(run, implementation).first_model()


@lru_cache(maxsize=2)
def examples(path: Path) -> Examples:
    """Those of an .npz file; without lengths where it has none."""
    with np.load(path) as found:
        lengths = found.get("lengths")
        return Examples(found["x"], lengths, found["expected"])


@lru_cache(maxsize=1)
def onnx_session(path: str, threads: int) -> Any:
    """A session of as many threads, 0 for all cores, that wait without work.

    They wait actively between two calls by default, which would
    slow the rows that are timed in turn with it.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or cpu_count()
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.force_spinning_stop", "1")
    return onnxruntime.InferenceSession(
        path, options, providers=["CPUExecutionProvider"]
    )


def run_session(session: Any, batch: Examples) -> Array:
    """The outputs of a batch; a state begins with zeros."""
    inputs = {}
    for item in session.get_inputs():
        if item.name.startswith(STATE):
            layers, _, hidden = item.shape
            shape = (layers, len(batch.x), hidden)
            inputs[item.name] = np.zeros(shape, np.float32)
            continue
        value = batch.lengths if item.name == "lengths" else batch.x
        inputs[item.name] = np.asarray(value, TYPES[item.type])
    outputs: Array = session.run(["outputs"], inputs)[0]
    return outputs


TYPES = {
    "tensor(float)": np.float32,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
}


def timed(call: Callable[[], Array], job: Job) -> Message:
    """Seconds of each call after one that is not timed, or the deviation.

    The first call compiles, and later finds in the caches what another row
    left there.
    """
    outputs, calls = call(), job.request["calls"]
    if not calls:
        batch = examples(Path(job.request["examples"]))
        both = (outputs, batch.expected)
        pair = (up_to_ends(found, batch.lengths) for found in both)
        return {"deviation": deviation(*pair)}
    seconds = []
    for _ in range(calls):
        since = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - since)
    return {"seconds": seconds}
