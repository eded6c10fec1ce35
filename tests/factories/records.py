"""Records by hand, small enough to work their summary out on paper.

They are of version 1, as other programs may hold them.
"""

from __future__ import annotations

import json

from comparisons.analysis.summary import summarize
from comparisons.records.spec import Record
from comparisons.records.store import read_record

MACHINE = {
    "processor": "Example CPU",
    "cores": 2,
    "memory_mb": 8192,
    "system": "Linux",
    "python": "3.11.7",
}


def typed(records):
    """The records as the store reads them; typed ones stay as they are."""
    return [
        r if isinstance(r, Record) else read_record(json.dumps(r), r["key"])
        for r in records
    ]


def summarized(records, keys=None):
    """The summary of these records."""
    return summarize(typed(records), keys)


def stored(folder, records):
    """A folder of these records."""
    folder.mkdir(exist_ok=True, parents=True)
    lines = [json.dumps(r) + "\n" for r in records]
    (folder / "runs.jsonl").write_text("".join(lines))
    return folder


def file_names(folder):
    return sorted(path.name for path in folder.iterdir())


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


def baselines(seed=0, last=0.19, linear=0.11, noise_floor=0.1):
    """Two baselines of the sine task and the noise floor of its data."""
    scores = {"last value": {"rmse": last}, "linear": {"rmse": linear}}
    return record(
        "baselines", seed=seed, baselines=scores, noise_floor=noise_floor
    )


def equivalence(framework="pytorch", cell="lstm", **measured):
    """The short gates, each with its limit of 1e-3."""
    gaps = [
        {"case": "any", "gate": gate, "measured": value, "limit": 1e-3}
        for gate, value in measured.items()
    ]
    return record("equivalence", framework, cell, gaps=gaps)


FRAMEWORKS = ("pytorch", "keras", "jax")
CELLS = ("rnn", "gru", "lstm")
SEEDS = (0, 2, 10)
"""Numbers whose order is not that of their text; so are those below."""


def comparison():
    """Rows of three frameworks and cells, a failed and an absent row."""
    records = [baselines(seed) for seed in SEEDS]
    for f, framework in enumerate(FRAMEWORKS):
        for c, cell in enumerate(CELLS):
            records.append(
                equivalence(framework, cell, forward=1e-7 * (f + c + 1))
            )
            records += [timed(framework, cell, f, c, s) for s in SEEDS]
    failed = broken("failed", "keras-torch", "lstm")
    return [*records, failed, broken("unavailable", "jax-scan", "gru")]


def many():
    """A thousand runs: a hundred seeds of ten rows."""
    places = [
        (framework, cell, f, c)
        for f, framework in enumerate(FRAMEWORKS)
        for c, cell in enumerate(CELLS)
    ]
    places.append(("jax-scan", "lstm", 2, 2))
    return [timed(*place, seed) for seed in range(100) for place in places]


def timed(framework, cell, f, c, seed):
    """A run whose numbers depend on framework, cell and seed."""
    wave = [0.1 * step for step in range(8)]
    series = {"noisy": wave, "clean": wave, "forecast": wave[::-1]}
    noise = (3 * f + c) * seed % 7
    gap = (0.0, 0.0001, 0.008)[f]
    shift = (0.0, 0.002 * (seed % 3), 0.1)[c]  # the second is as good
    made = run(
        framework,
        cell,
        seed,
        rmse=0.09 + shift + gap + 0.001 * seed + 0.0001 * noise,
        ms=(9.0, 30.0, 110.0)[f] * (1.0 + c) + 0.01 * noise,
        parameters=(900, 1121, 12000)[c],
        began=f"2025-01-0{c + 1}T00:00:{seed:02}+00:00",
        data_hashes={"wave.csv": "00ff"},
        kernels="eager",
        peak_memory_mb=(95.0, 300.0, 1055.0)[f] + seed,
        detail={
            **series,
            "worst": {"step": [3, 9], **{n: [0.1, 0.4] for n in series}},
        },
        inference_seconds=[0.004 * (1 + f)],
    )
    made["epochs"][0]["seconds"] += f
    for epoch in made["epochs"]:
        epoch["loss"] *= 1 + c
    return made


HOSTILE = (
    "</script><script>window.hit = 1</script>"
    "<img src=x onerror='window.hit = 2'><b>\"&amp;</b>{{ 7 * 7 }}"
)
"""Text that does something wherever it is not taken as text."""

UNCHANGED = {"kind", "status", "task", "key", "gate"}
"""Fields whose text has a meaning of its own."""

NAMED = {"versions", "data_hashes", "checks", "baselines", "model_spec"}
"""Fields whose own names are shown."""


def hostile(value, name=""):
    """A record with hostile text behind each of its texts."""
    if isinstance(value, str):
        return value if name in UNCHANGED else f"{value} {name} {HOSTILE}"
    if isinstance(value, dict):
        behind = f" {HOSTILE}" if name in NAMED else ""
        return {n + behind: hostile(item, n) for n, item in value.items()}
    if isinstance(value, list):
        return [hostile(item, name) for item in value]
    return value
