"""Several runs at once: pinned, scored, and none of them lost."""

import os
import signal

import pytest
from factories.processes import (
    PYTORCH,
    TINY,
    Running,
    assert_refused,
    compare,
    outcomes,
    records,
    stat,
    wait_until,
)

from comparisons.arguments.options import parse_options
from comparisons.records.environment import cpu_count
from comparisons.records.store import Store
from comparisons.runs.engines import pool
from comparisons.runs.engines.alone import Alone
from comparisons.runs.engines.pool import Pool
from comparisons.runs.engines.select import engine_of
from comparisons.runs.plan import make_plan
from comparisons.runs.progress import Silence
from comparisons.runs.runner import Runner

ROWS = (*PYTORCH, "--cells", "rnn", "gru", "--seeds", "3")
TWO = pytest.mark.skipif(
    cpu_count() < 2, reason="two workers need two cores, this machine has one"
)
pytestmark = [TWO, pytest.mark.usefixtures("numpy_training")]


class Quick:
    """A worker that answers at once; `cores` of all that were started."""

    started: list = []

    def __init__(self, cores=()):
        self.started.append(cores)
        self.alive = True

    def send(self, job, run, extra):
        self.job = job

    def receive(self, timeout, on_event):
        return {"result": {}}

    def ask(self, job, run, timeout, on_event, **extra):
        return {"result": {"status": "diverged"}}

    def end(self):
        self.alive = False


@pytest.fixture
def runner(tmp_path, monkeypatch):
    """A function that makes a runner of these flags and another engine."""
    stores = []
    monkeypatch.setattr(Quick, "started", [])

    def make(engine=None, *flags):
        monkeypatch.setattr(pool, "Worker", Quick)
        monkeypatch.setattr("comparisons.runs.engines.alone.Worker", Quick)
        options = parse_options([*TINY, *ROWS, "--out", str(tmp_path), *flags])
        stores.append(Store(tmp_path))
        plan = make_plan(options, "")
        return Runner(plan, stores[-1], options, Silence(), engine)

    yield make
    for store in stores:
        store.close()


def test_every_item_is_recorded_once_and_scored(tmp_path, runner):
    runner(Pool([(0,), (1,)], 9.0)).run()
    runs = records(tmp_path)
    assert sorted((r["cell"], r["seed"]) for r in runs) == [
        (cell, seed) for cell in ("gru", "rnn") for seed in range(3)
    ]
    assert {r["timing"] for r in runs} == {"scored"}
    assert len(records(tmp_path, "baselines")) == 3
    assert len(records(tmp_path, "equivalence")) == 2
    # One process for all cells; the other slot may find nothing left.
    assert sorted(Quick.started) in ([(0,), (1,)], [(0,)], [(1,)])


@pytest.mark.parametrize(
    ("first", "second", "timings"),
    [
        ("1", "2", ["timed"] * 6),  # satisfies the scored request
        ("2", "1", ["scored"] * 6 + ["timed"] * 6),
        ("2", "2", ["scored"] * 6),
    ],
)
def test_a_timed_run_satisfies_a_scored_request_alone(
    tmp_path, runner, first, second, timings
):
    for jobs in (first, second):
        one = runner(None, "--jobs", jobs)
        one.run()
        one.store.close()
    assert [r["timing"] for r in records(tmp_path)] == timings


class Rates:
    """A calibration whose rates, relative to alone, are given."""

    def __init__(self, cores, threads):
        self.rates = iter([1.0, 1.0, 1.0, 0.95, 1.0, 0.5, 0.5, 1.0] * 2)

    def rate(self):
        return next(self.rates)

    def undisturbed(self, *rates):
        return min(rates) >= 0.9

    def end(self):
        pass


def test_undisturbed_runs_on_spare_cores_stay_timed(
    tmp_path, runner, monkeypatch
):
    monkeypatch.setattr(pool, "Calibration", Rates)
    runner(Pool([(0,)], 9.0, threads=1)).run()
    timings = [r["timing"] for r in records(tmp_path)]
    assert timings == ["timed", "timed", "scored", "scored", "timed", "timed"]
    assert len(Quick.started) >= 2  # a process has one row


def test_what_a_thread_raises_is_raised_and_nothing_is_left(
    runner, monkeypatch
):
    one = runner(Pool([(0,), (1,)], 9.0))

    def refuse(cores):
        raise OSError("no process")

    monkeypatch.setattr(pool, "Worker", refuse)
    with pytest.raises(OSError, match="no process"):
        one.run()


def options(*flags):
    return parse_options([*TINY, *map(str, flags)])


def test_one_job_is_the_engine_of_timed_runs():
    assert isinstance(engine_of(options()), Alone)
    assert isinstance(engine_of(options("--jobs", 2)), Pool)


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        (("--jobs", "0"), "--jobs must be at least 1"),
        (("--jobs", "x"), "or auto"),
        (("--jobs", "9999"), "at most"),
        (("--address", "a:1"), "needs --engine ray, not local"),
        (("--engine", "slrum"), "did you mean 'slurm'?"),
    ],
)
def test_wrong_flags_are_refused_in_one_line(tmp_path, flags, text):
    done = compare(*TINY, *flags, "--out", tmp_path / "out")
    assert_refused(done, text)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_workers_run_at_once_on_their_own_cores(tmp_path):
    """Ctrl-C keeps what is done, and the same command does the rest."""
    out = tmp_path / "out"
    flags = (*TINY, *ROWS, "--epochs", "60", "--jobs", "2", "--out", out)
    running = Running(tmp_path, *flags)
    try:
        running.until(lambda: len(running.workers()) == 2)
        workers = running.workers()
        running.until(lambda: records(out))
        cores = [os.sched_getaffinity(pid) for pid in workers]
        running.process.send_signal(signal.SIGINT)
        done = running.finished()
    finally:
        running.end()
    assert done.code == 130, done
    assert all(len(own) == 1 for own in cores)
    assert cores[0] != cores[1]
    wait_until(lambda: not any(map(stat, workers)), limit=15.0)
    before = (out / "runs.jsonl").read_bytes()
    again = compare(*flags)
    assert again.code == 0, again
    assert (out / "runs.jsonl").read_bytes().startswith(before)
    assert len(outcomes(out)) == len({r["key"] for r in records(out)}) == 6
    assert "Scored, not timed: 6 of 6 runs" in " ".join(again.out.split())


@pytest.mark.slow
def test_scores_do_not_depend_on_how_many_run_at_once(tmp_path):
    """One process for all cells and seeds trains what one for each row does."""
    both = {}
    for jobs in ("1", "2"):
        out = tmp_path / jobs
        done = compare(*TINY, *ROWS, "--jobs", jobs, "--out", out)
        assert done.code == 0, done
        both[jobs] = {r["key"]: r for r in records(out)}
    assert both["1"].keys() == both["2"].keys()
    for key, alone in both["1"].items():
        assert both["2"][key]["scores"] == alone["scores"]
        assert both["2"][key]["batches"] == alone["batches"]
