"""Records by hand, small enough to work their summary out on paper."""

from __future__ import annotations

MACHINE = {
    "processor": "Example CPU",
    "cores": 2,
    "memory_mb": 8192,
    "system": "Linux",
    "python": "3.11.7",
}


def record(kind, framework="pytorch", cell="lstm", seed=0, **fields):
    """What all kinds of records have."""
    return {
        "schema": 1,
        "kind": kind,
        "key": f"{kind} {framework} {cell} {seed}",
        "status": "ok",
        "task": "sine",
        "framework": framework,
        "cell": cell,
        "seed": seed,
        "spec": {"init": "matched"},
        "command": "compare.py --task sine",
        "machine": MACHINE,
        "commit": "0123456789ab",
        "versions": {"numpy": "2.4.0"},
        "seconds": 2.0,
        **fields,
    }


def run(framework="pytorch", cell="lstm", seed=0, rmse=0.1, ms=20.0, **fields):
    """A run of three epochs of ten steps; the first compiles for 0.3 s."""
    usual = ms / 100.0
    seconds = [usual + 0.3, usual, usual]
    measured = {
        "dataset": "sine",
        "device": "cpu",
        "parameters": 1121,
        "model_spec": {"hidden_size": 32},
        "train_spec": {"batch_size": 64},
        "steps_per_epoch": 10,
        "scores": {"rmse": rmse, "mae": rmse / 2},
        "epochs": [
            {"epoch": e, "loss": 1.0 / (e + 1), "seconds": s, "validation": 0.2}
            for e, s in enumerate(seconds)
        ],
        "inference_seconds": [0.001, 0.002, 0.009],
        "peak_memory_mb": 300.0 + seed,
        "checks": {"loss fell": True},
    }
    return record("run", framework, cell, seed, **(measured | fields))


def broken(status="failed", framework="pytorch", cell="lstm", seed=0):
    """A run without a result."""
    fields = {"status": status, "error": f"it {status}", "stderr": "trace"}
    return record("run", framework, cell, seed, **fields)


def baselines(seed=0, last=0.19, linear=0.11, floor=0.1):
    """Two baselines of the sine task and the floor of its data."""
    scores = {"last value": {"rmse": last}, "linear": {"rmse": linear}}
    return record("baselines", seed=seed, baselines=scores, floor=floor)


def proof(framework="pytorch", cell="lstm", **measured):
    """The short gates, each with its limit of 1e-3."""
    gaps = [
        {"case": "any", "gate": gate, "measured": value, "limit": 1e-3}
        for gate, value in measured.items()
    ]
    return record("equivalence", framework, cell, gaps=gaps)
