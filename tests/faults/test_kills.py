"""Runners and workers killed at drawn moments: no finished run is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from factories.processes import (
    KILLS,
    PYTORCH,
    TINY,
    Running,
    bytes_of,
    compare,
    records,
    stat,
    wait_until,
)

pytestmark = pytest.mark.usefixtures("numpy_training")

ROOT = Path(__file__).parents[2]

PAUSE = 0.25
"""Seconds of an epoch at least, so that kills fall within runs."""

ENDS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
"""What ends a runner; half of them leave it no time for a last word."""

ONE_ROW = (*TINY, *PYTORCH, "--cells", "rnn", "--seeds", "6")
"""Its runs need one process."""

TWO_ROWS = (*TINY, *PYTORCH, "--cells", "rnn", "gru", "--seeds", "3")
RUNS = 6
"""The runs of either plan."""

MOST_RUNNERS = 10 * KILLS
"""Runners that a test starts before it gives up: most of them are killed."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The losses of each run of a comparison without a kill."""
    out = tmp_path_factory.mktemp("undisturbed")
    done = compare(*TWO_ROWS, "--seeds", "6", "--out", out)
    assert done.code == 0, done
    return losses(out)


def losses(out):
    """Framework, cell and seed -> training and validation loss by epoch."""
    return {
        (run["framework"], run["cell"], run["seed"]): [
            (epoch["loss"], epoch["validation"]) for epoch in run["epochs"]
        ]
        for run in records(out)
        if run["status"] == "ok"
    }


def assert_complete(plan, out, undisturbed):
    """The command ends what was begun, and nothing was done twice."""
    done = compare(*plan, "--out", out)
    assert done.code == 0, done
    finished = [r["key"] for r in records(out) if r["status"] == "ok"]
    assert max(Counter(finished).values()) == 1
    found = losses(out)
    assert len(found) == RUNS
    assert found == {run: undisturbed[run] for run in found}
    assert not list(out.rglob(".*.partial"))
    assert not list(out.rglob(".*.old"))


def wait(runner, out, draw):
    """A drawn time from the start, or after a drawn number of records."""
    if draw.random() < 0.5:
        time.sleep(draw.uniform(0.0, 3.0))
        return
    target = len(records(out)) + draw.randint(1, 2)
    with suppress(AssertionError):  # it may end before
        runner.until(lambda: len(records(out)) >= target)
    time.sleep(draw.uniform(0.0, 0.3))


def test_a_killed_runner_loses_no_record(tmp_path, undisturbed):
    """Each kill leaves all records that were there and no process."""
    draw, number = random.Random(21), 0
    out, before = tmp_path / "0", b""
    for kill in range(KILLS):
        if len(records(out)) == RUNS:
            assert_complete(ONE_ROW, out, undisturbed)
            out, before = tmp_path / str(kill), b""
        runner = Running(tmp_path, *ONE_ROW, "--out", out)
        wait(runner, out, draw)
        workers = runner.workers()
        number += runner.process.poll() is None
        end = draw.choice(ENDS)
        # Nothing can answer while Python itself starts.
        runner.process.send_signal(end if workers else signal.SIGKILL)
        done = runner.finished()
        assert "Traceback" not in done.err, done
        wait_until(lambda: not any(map(stat, workers)), limit=15.0)  # noqa: B023
        after = bytes_of(out) if out.exists() else b""
        assert after.startswith(before[: before.rfind(b"\n") + 1]), done
        before = after
    assert number >= KILLS // 2
    assert_complete(ONE_ROW, out, undisturbed)


def test_a_killed_worker_costs_its_own_run(tmp_path, undisturbed):
    """The rest goes on, the cause is named, the same command ends it."""
    draw, kills, runners = random.Random(12), 0, 0
    out = tmp_path / "0"
    while kills < KILLS:
        runners += 1
        assert runners <= MOST_RUNNERS, "no worker lives as long as its kill"
        if len(losses(out)) == RUNS:
            assert_complete(TWO_ROWS, out, undisturbed)
            out = tmp_path / str(kills)
        runner = Running(tmp_path, *TWO_ROWS, "--out", out)
        while runner.process.poll() is None:
            time.sleep(draw.uniform(0.0, 3.0))
            if kills < KILLS and (workers := runner.workers()):
                with suppress(ProcessLookupError):
                    os.kill(draw.choice(workers), signal.SIGKILL)
                    kills += 1
        done = runner.finished()
        assert "Traceback" not in done.err, done
        for record in records(out):
            if record["status"] == "failed":
                assert record["error"] == "the worker ended: signal 9"
                assert done.code in (0, 1), done
    assert_complete(TWO_ROWS, out, undisturbed)


INTERRUPTED = """
import builtins, os, runpy, signal
imported = builtins.__import__

def interrupt(name, *args):
    if name == "comparisons.arguments.command_line":
        os.kill(os.getpid(), signal.SIGINT)
    return imported(name, *args)

builtins.__import__ = interrupt
runpy.run_path("comparisons/compare.py", run_name="__main__")
"""


def test_ctrl_c_while_modules_are_imported_leaves_no_trace():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], cwd=ROOT, capture_output=True
    )
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")
