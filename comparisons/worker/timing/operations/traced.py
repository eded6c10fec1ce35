"""One epoch of a training, traced operation by operation."""

import importlib
import time
from contextlib import ExitStack

from comparisons.frameworks import get_framework
from comparisons.worker.timing.operations.kinds import by_kind
from comparisons.worker.timing.rounds import Fit

LIBRARIES = ("torch", "tensorflow", "jax")
"""What computes, each with a module that traces its operations.

A row needs one of them: Keras that of its backend."""


def traced_epoch(framework: str, fit: Fit) -> dict[str, float]:
    """Seconds of an epoch by kind of operation, and the overhead.

    The first epoch compiles and is not traced. Overhead is what no operation
    takes: calls, loops, batches, and the tracing itself; on several threads,
    operations at once are added up, and it is less.
    """
    requires = get_framework(framework).requires
    library = next(name for name in LIBRARIES if name in requires)
    module = f"comparisons.bench.loops.tracing.{library}"
    tracing = importlib.import_module(module).tracing
    stack, times = ExitStack(), list[float]()
    found: dict[str, float] = {}

    def on_epoch_end(epoch: int, loss: float) -> bool:
        nonlocal found
        times.append(time.perf_counter())
        if epoch == 0:
            found = stack.enter_context(tracing())
            times[0] = time.perf_counter()
            return False
        stack.close()
        return True

    with stack:
        fit(on_epoch_end)
    kinds = by_kind(found)
    whole = times[1] - times[0]
    return {**kinds, "overhead": max(0.0, whole - sum(kinds.values()))}
