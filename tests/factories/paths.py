"""Records of `compare.py bench paths`."""

from __future__ import annotations

from comparisons.records.measurements import BenchPaths
from comparisons.records.record import record_of
from factories.specs import run_spec

ROUNDS = 12


def record(hidden=8, steps=5, times=None, products=(1e-3, 1e-3)):
    """An LSTM of PyTorch; times: those of each path, by round."""
    run = run_spec("sine", "pytorch", "lstm")
    sizes = {"hidden_size": hidden, "steps": steps, "batch_size": 4}
    found = record_of(
        *("paths", f"{hidden} {steps}", run, "compare.py bench paths"),
        versions={},
        mode="training",
        sizes=sizes | {"threads": 1},
        times=times or {"native": [1.0] * ROUNDS, "scratch": [2.0] * ROUNDS},
        deviations={"native": 1e-8, "scratch": 2e-8},
        products=list(products),
        flops=1,
        bytes=1,
    )
    assert isinstance(found, BenchPaths)
    return found
