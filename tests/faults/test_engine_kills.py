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

KILLS = int(os.environ.get("ENGINE_KILLS", "8"))
PLAN = (*TINY, *PYTORCH, "--cells", "rnn", "--checkpoints", "off")
SEEDS = 40

NAMES = {
    "worker": b"comparisons.worker",
    "actor": b"ray::Host",
    "node": b"raylet/raylet",
}
"""What is killed besides the command -> words of its command line."""

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


def good(out):
    """The seeds that are finished, as often as they are recorded."""
    return Counter(r["seed"] for r in records(out) if r["status"] == "ok")


def kill(plan, folder, out, target, draw):
    """Kill a process of the command at a drawn moment, then the command.

    Whether there was one; all records stay, and no process.
    """
    known = good(out).total()
    begun, before, killed = Running(folder, *plan), b"", False
    try:
        wait_until(
            lambda: (
                begun.process.poll() is not None or good(out).total() > known
            )
        )
        time.sleep(draw.uniform(0.0, 1.0))
        family = descendants(begun.process.pid)
        chosen = [begun.process.pid]
        if target in NAMES:
            chosen = [p for p in processes(NAMES[target]) if p in family]
        before = bytes_of(out)
        with suppress(ProcessLookupError, IndexError):
            os.kill(draw.choice(chosen), signal.SIGKILL)
            killed = True
        if target in ("worker", "actor"):
            time.sleep(draw.uniform(0.0, 1.0))  # it goes on without
        family |= descendants(begun.process.pid)
    finally:
        begun.end()
    wait_until(lambda: not any(map(stat, family)), limit=150.0)
    assert bytes_of(out).startswith(before[: before.rfind(b"\n") + 1])
    return killed


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_no_kill_loses_or_doubles_a_run_or_leaves_a_process(tmp_path, engine):
    if MISSING[engine]:
        pytest.skip(MISSING[engine])
    flags, targets = ENGINES[engine]
    draw, killed, out = random.Random(8), Counter(), tmp_path / "out"
    plan = (*PLAN, *flags, "--seeds", str(SEEDS), "--out")
    while killed.total() < KILLS:
        target = draw.choice(targets)
        killed[target] += kill((*plan, out), tmp_path, out, target, draw)
        if good(out).total() == SEEDS:
            assert max(good(out).values()) == 1
            out = tmp_path / str(killed.total())
    done = compare(*plan, out)
    assert done.code == 0, done
    assert good(out) == Counter(range(SEEDS)), killed
