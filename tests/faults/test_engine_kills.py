"""Processes of engines killed at drawn moments: nothing finished is lost.

The command itself, a worker, and, of Ray, an actor or a node process.
"""

import importlib.util
import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress

import pytest
from factories.processes import (
    KILLS,
    PYTORCH,
    TINY,
    Running,
    bytes_of,
    compare,
    descendants,
    processes,
    records,
    stat,
    wait_until,
)

from comparisons.records.environment import cpu_count

pytestmark = pytest.mark.usefixtures("numpy_training")

PAUSE = 0.05
"""Seconds of an epoch at least, so that kills fall within runs."""

COUNT = 40
"""Runs, or trials, of a plan."""

TASK = (*TINY, *PYTORCH, "--cells", "rnn", "--checkpoints", "off")
RUNS = (*TASK, "--seeds", str(COUNT))
TRIALS = (
    *("tune", *TASK, "--seeds", "1", "--trials", str(COUNT)),
    *("--sampler", "grid", "--space", f"hidden_size=2..{COUNT + 1}"),
)

NAMES = {
    "worker": (b"comparisons.worker",),
    "actor": (b"ray::Host", b"ray::Trial"),
    "node": (b"raylet/raylet",),
}
"""What is killed besides the command -> words of its command line."""

PLANS = {"run": RUNS, "trial": TRIALS}

ENGINES = {
    "jobs": (("--jobs", "2"), ("command", "worker")),
    "ray": (("--engine", "ray"), ("command", "worker", "actor", "node")),
}
"""Flags of an engine, and what of it is killed."""

MISSING = {
    "jobs": "two workers need two cores" if cpu_count() < 2 else "",
    "ray": "" if importlib.util.find_spec("ray") else "Ray is not installed",
}
"""Engine -> why it cannot run here."""


def done(out, kind):
    """The keys of what is done: of trials, however they ended."""
    return {
        r["key"]
        for r in records(out, kind)
        if kind == "trial" or r["status"] == "ok"
    }


def doubled(out, kind):
    """The keys with more than one result.

    A trial that failed is trained again if the command ended before it
    reported the failure to Optuna.
    """
    found = Counter(r["key"] for r in records(out, kind) if r["status"] == "ok")
    return [key for key, count in found.items() if count > 1]


def kill(plan, folder, kind, target, draw):
    """Kill a process of the command at a drawn moment, then the command.

    Whether there was one, and all that the command started; no record is lost.
    """
    out = plan[-1]
    known = len(done(out, kind))
    begun, before, killed = Running(folder, *plan), b"", False
    try:
        wait_until(
            lambda: (
                begun.process.poll() is not None or len(done(out, kind)) > known
            )
        )
        time.sleep(draw.uniform(0.0, 1.0))
        family = descendants(begun.process.pid)
        chosen = [begun.process.pid]
        if target in NAMES:
            named = [p for n in NAMES[target] for p in processes(n)]
            chosen = [p for p in named if p in family]
        before = bytes_of(out)
        with suppress(ProcessLookupError, IndexError):
            os.kill(draw.choice(chosen), signal.SIGKILL)
            killed = True
        if target in ("worker", "actor"):
            time.sleep(draw.uniform(0.0, 1.0))  # it goes on without
        family |= descendants(begun.process.pid)
    finally:
        begun.end()
    assert bytes_of(out).startswith(before[: before.rfind(b"\n") + 1])
    return killed, family


@pytest.mark.slow
@pytest.mark.parametrize("kind", PLANS)
@pytest.mark.parametrize("engine", ENGINES)
def test_no_kill_loses_or_doubles_a_run_or_leaves_a_process(
    tmp_path, engine, kind
):
    if MISSING[engine]:
        pytest.skip(MISSING[engine])
    flags, targets = ENGINES[engine]
    draw, killed, out = random.Random(8), Counter(), tmp_path / "out"
    left, commands = set(), 0
    while killed.total() < KILLS:
        commands += 1
        assert commands <= 10 * KILLS, f"too few of them are killed: {killed}"
        target = draw.choice(targets)
        plan = (*PLANS[kind], *flags, "--out", out)
        hit, family = kill(plan, tmp_path, kind, target, draw)
        killed[target] += hit
        left |= family
        assert not doubled(out, kind)
        if len(done(out, kind)) == COUNT:
            out = tmp_path / str(killed.total())
    ended = compare(*PLANS[kind], *flags, "--out", out)
    assert ended.code == 0, ended
    assert len(done(out, kind)) == COUNT, killed
    assert not doubled(out, kind)
    # Two agents of Ray ask for a minute whether their node comes back: those
    # of all kills are waited for at once.
    wait_until(lambda: not any(map(stat, left)), limit=150.0)
