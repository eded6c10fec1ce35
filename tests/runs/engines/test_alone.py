"""One run at a time, and what is proved before it."""

from dataclasses import replace

import pytest
from factories.specs import run_spec

from comparisons.runs.engines import alone
from comparisons.runs.engines.alone import Alone
from comparisons.runs.engines.engine import WorkItem

LOADED = ("pytorch", "jax")


class Ignoring:
    def begin(self, item):
        pass

    def event(self, message):
        pass


class Logged:
    """A worker that answers at once; `jobs`: what all were sent, in order."""

    jobs: list = []

    def __init__(self):
        self.alive = True

    def send(self, job, run, extra):
        self.jobs.append((job, run.framework, run.seed))

    def receive(self, timeout, on_event):
        return {"result": {}}

    def ask(self, job, run, timeout, on_event, **extra):
        self.send(job, run, extra)
        return {"result": {"status": "ok"}}

    def end(self):
        self.alive = False


@pytest.fixture
def jobs(monkeypatch):
    """A function of items that gives the jobs sent for them."""
    monkeypatch.setattr(alone, "Worker", Logged)

    def sent(items):
        monkeypatch.setattr(Logged, "jobs", [])
        engine = Alone(9.0)
        finished = [item for item, _ in engine.finish(items, Ignoring())]
        engine.close()
        assert sorted(map(id, finished)) == sorted(map(id, items))
        return Logged.jobs

    return sent


def items(device="cpu", seeds=2):
    runs = [
        replace(run_spec("sine", framework, "gru"), seed=seed, device=device)
        for seed in range(seeds or 1)
        for framework in LOADED
    ]
    return [
        WorkItem("baselines", "", runs[0]),
        *(WorkItem("equivalence", "", run) for run in runs[: len(LOADED)]),
        *(WorkItem("run", "", run) for run in runs if seeds),
    ]


def test_a_framework_is_proved_before_its_first_run(jobs):
    """Not earlier, so that the first run begins soon."""
    assert jobs(items()) == [
        ("baselines", "pytorch", 0),
        ("short", "pytorch", 0),
        ("run", "pytorch", 0),
        ("short", "jax", 0),
        ("run", "jax", 0),
        ("run", "pytorch", 1),
        ("run", "jax", 1),
    ]


def test_a_required_device_is_found_before_any_run(jobs):
    kinds = [job for job, *_ in jobs(items(device="gpu"))]
    assert kinds == ["baselines", *["short"] * 2, *["run"] * 4]


def test_rows_without_a_run_are_proved_too(jobs):
    assert jobs(items(seeds=0)) == [
        ("baselines", "pytorch", 0),
        ("short", "pytorch", 0),
        ("short", "jax", 0),
    ]
