"""Processes killed, hung and interrupted: what was measured is kept."""

import os
import signal
import sys

import pytest
from factories.processes import (
    PYTORCH,
    TINY,
    Running,
    assert_refused,
    bytes_of,
    compare,
    outcomes,
    records,
    stat,
    ticks,
    wait_until,
)
from factories.specs import run_spec

from comparisons.runs.processes import Worker, WorkerError

pytestmark = pytest.mark.usefixtures("numpy_training")

LONG = (*TINY, *PYTORCH, "--cells", "rnn", "--epochs", "200", "--seeds")


def test_a_worker_that_is_killed_and_one_that_hangs(tmp_path):
    """Each costs its own run; the same command then runs these alone."""
    # A healthy run needs about 4 s; a busy machine may end others too.
    out, limit = tmp_path / "out", ("--timeout", "20")
    flags = (*LONG, "3", "--epochs", "40", "--out", out, *limit)
    runner = Running(tmp_path, *flags)
    try:
        runner.until(lambda: records(out, "equivalence"))
        # The one of the baselines may still be ending.
        runner.until(lambda: len(runner.workers()) == 1)
        (killed,) = runner.workers()
        used = ticks(killed)
        runner.until(lambda: ticks(killed) > used + 20)
        os.kill(killed, signal.SIGKILL)
        runner.until(
            lambda: len(records(out)) == 1 and len(runner.workers()) == 1
        )
        (hanging,) = runner.workers()
        os.kill(hanging, signal.SIGSTOP)
        done = runner.finished()
    finally:
        runner.end()
    assert done.code == 1, done
    said, *slow = done.err.splitlines()
    assert said == "compare.py: PyTorch RNN: failed", done
    assert all("equivalence was not checked" in line for line in slow), done
    assert outcomes(out)[:2] == [(0, "failed"), (1, "timeout")], done
    first, second, third = records(out)
    assert third["status"] in ("ok", "timeout"), done
    assert first["error"] == "the worker ended: signal 9"
    assert second["error"] == "no result after 20 s (--timeout)"
    assert not stat(hanging)

    again = compare(*flags, "--timeout", "120")
    assert again.code == 0, again
    missing = [0, 1] if third["status"] == "ok" else [0, 1, 2]
    assert outcomes(out)[3:] == [(seed, "ok") for seed in missing], again


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """A comparison of four seeds that met Ctrl-C, SIGKILL and a cut line."""
    folder = tmp_path_factory.mktemp("stopped")
    out = folder / "out"
    flags = (*LONG, "4", "--out", out)
    found = {"out": out}

    def until_record(number):
        runner = Running(folder, *flags)
        runner.until(lambda: len(records(out)) >= number)
        return runner, runner.workers()

    runner, workers = until_record(1)
    found["second"] = compare(*flags)
    runner.process.send_signal(signal.SIGINT)
    found["interrupted"] = runner.finished()
    found["left"] = [pid for pid in workers if stat(pid)]
    found["first"] = bytes_of(out)

    runner, workers = until_record(len(records(out)) + 1)
    runner.process.kill()
    found["killed"] = runner.finished()
    wait_until(lambda: not any(map(stat, workers)), limit=15.0)
    found["after"] = bytes_of(out)
    with (out / "runs.jsonl").open("ab") as file:
        file.write(found["after"][:500])

    found["again"] = compare(*flags)
    return found


def test_a_second_runner_is_refused(stopped):
    assert_refused(stopped["second"], "another comparison is writing to")


def test_ctrl_c_ends_the_workers_and_keeps_the_records(stopped):
    done = stopped["interrupted"]
    assert done.code == 130, done
    assert done.err == (
        "compare.py: interrupted; what was measured is kept; the same "
        "command continues\n"
    )
    assert "PyTorch" in done.out, done  # the table of what is done
    assert not stopped["left"]
    assert stopped["after"].startswith(stopped["first"])


def test_workers_end_when_the_runner_is_killed(stopped, tmp_path):
    """Also within an epoch of minutes, in which no pipe is touched."""
    assert stopped["killed"].code == -signal.SIGKILL
    out = tmp_path / "out"
    slow = ("--hidden-size", "512", "--train-sequences", "100000")
    flags = (*LONG, "1", *slow, "--out", out)
    runner = Running(tmp_path, *flags)
    try:
        runner.until(lambda: records(out, "equivalence"))
        runner.until(lambda: len(runner.workers()) == 1)
        (worker,) = runner.workers()
        used = ticks(worker)
        runner.until(lambda: ticks(worker) > used + 20)
    finally:
        runner.end()
    wait_until(lambda: not stat(worker), limit=10.0)
    assert outcomes(out) == []


def test_ctrl_c_at_the_start_ends_the_workers(tmp_path):
    out = tmp_path / "out"
    runner = Running(tmp_path, *LONG, "2", "--out", out)
    try:
        runner.until(lambda: len(runner.workers()) == 2)
        workers = runner.workers()
        runner.process.send_signal(signal.SIGINT)
        done = runner.finished()
    finally:
        runner.end()
    assert done.code == 130, done
    wait_until(lambda: not any(map(stat, workers)), limit=15.0)


def test_the_same_command_runs_only_unfinished_runs(stopped):
    done = stopped["again"]
    assert done.code == 0, done
    (said,) = done.err.splitlines()
    assert "compare.py: moved line 8 of" in said, done
    assert bytes_of(stopped["out"]).startswith(stopped["after"])
    assert outcomes(stopped["out"]) == [(seed, "ok") for seed in range(4)]
    for run in records(stopped["out"]):
        assert all(run["checks"].values()), run["checks"]


def test_a_worker_killed_within_a_line_is_a_failure(tmp_path, monkeypatch):
    program = tmp_path / "worker"
    program.write_text('#!/bin/sh\nread line\nprintf \'{"event": "re\'\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    worker = Worker()
    try:
        with pytest.raises(WorkerError, match="the worker ended") as caught:
            worker.ask("run", run_spec("sine", "pytorch", "rnn"), 20.0)
    finally:
        worker.end()
    assert caught.value.status == "failed"
