"""Checks that were not made are made by the same command."""

from __future__ import annotations

import pytest
from factories.processes import TINY

from comparisons.analysis.notes import missing_baselines, unproved
from comparisons.analysis.summary import summarize
from comparisons.arguments.options import parse_options
from comparisons.records.store import Store
from comparisons.runs.engines import alone
from comparisons.runs.plan import make_plan
from comparisons.runs.processes import WorkerError
from comparisons.runs.progress import Silence
from comparisons.runs.runner import Runner

KILLED = WorkerError("failed", "the worker ended: signal 9", "")
CASE = {"case": "rnn native", "check": "gradient", "limit": 1e-6}
ANSWERS = {
    "baselines": {"metric": "rmse", "baselines": {"last value": {"rmse": 0.3}}},
    "short": {"deviations": [CASE | {"measured": 1e-7}]},
    "run": {
        "metric": "rmse",
        "scores": {"rmse": 0.1},
        "steps_per_epoch": 1,
        "epochs": [{"epoch": 0, "loss": 0.5, "seconds": 0.1}],
    },
}


class Scripted:
    """Workers with given answers; an error ends the process."""

    def __init__(self, answers):
        self.answers = answers
        self.requested, self.workers = [], []

    def __call__(self):
        worker = Process(self)
        self.workers.append(worker)
        return worker


class Process:
    def __init__(self, script):
        self.script, self.jobs, self.alive = script, [], True

    def send(self, job, run, extra):
        self.script.requested.append((job, run.cell, run.seed))
        self.jobs.append(job)

    def receive(self, timeout, on_event):
        answer = self.script.answers[self.jobs.pop(0)]
        if isinstance(answer, Exception):
            self.alive = False
            raise answer
        return {"result": dict(answer)}

    def ask(self, job, run, timeout, on_event, **extra):
        self.send(job, run, extra)
        return self.receive(timeout, on_event)

    def end(self):
        self.alive = False


@pytest.fixture
def command(tmp_path, monkeypatch):
    """A function that gives a command: the jobs it asks for, and its notes."""
    rows = ["--frameworks", "pytorch", "--cells", "rnn", "gru", "--seeds", "2"]

    def run(*more, **answers):
        script = Scripted(ANSWERS | answers)
        monkeypatch.setattr(alone, "Worker", script)
        options = parse_options([*TINY, *rows, "--out", str(tmp_path), *more])
        store = Store(tmp_path)
        runner = Runner(make_plan(options, ""), store, options, Silence())
        runner.run()
        store.close()
        assert not any(worker.alive for worker in script.workers)
        summary = summarize(store.records, runner.keys())
        return script.requested, [
            *missing_baselines(summary),
            *unproved(summary),
        ]

    return run


CHECKED = [("short", "rnn", 0), ("short", "gru", 0)]
BASELINES = [("baselines", "rnn", 0), ("baselines", "rnn", 1)]
TRAINED = [("run", cell, seed) for seed in (0, 1) for cell in ("rnn", "gru")]


def test_a_finished_comparison_asks_for_nothing(command):
    assert command() == ([*BASELINES, *CHECKED, *TRAINED], [])
    assert command() == ([], [])


def test_checks_whose_workers_were_killed_are_made(command):
    assert command(short=KILLED)[1] == [
        "PyTorch RNN: equivalence was not checked: the worker ended: signal 9",
        "PyTorch GRU: equivalence was not checked: the worker ended: signal 9",
    ]
    assert command() == (CHECKED, [])
    assert command() == ([], [])


def test_checks_whose_records_are_lost_are_made(command, tmp_path):
    command()
    path = tmp_path / "runs.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(x for x in lines if '"gru"' not in x[:400]))
    assert ("short", "gru", 0) in command()[0]
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(x for x in lines if '"equivalence"' not in x[:60]))
    assert command() == (CHECKED, [])


def test_baselines_that_failed_are_computed(command):
    said = "baselines, seed 0, 1: the worker ended: signal 9"
    assert command(baselines=KILLED)[1] == [said]
    assert command() == (BASELINES, [])


def test_a_deviation_over_its_limit_is_a_result(command):
    wrong = {"deviations": [CASE | {"measured": 3e-2}]}
    said = [
        f"PyTorch {cell}: gradient of rnn native deviates by 3.0e-02, limit "
        "1e-06"
        for cell in ("RNN", "GRU")
    ]
    assert command(short=wrong)[1] == said
    assert command() == ([], said)
    assert command("--fresh") == ([*CHECKED, *TRAINED], [])


def test_a_repetition_that_fails_is_repeated(command):
    """What it replaced does not count as its result."""
    command()
    requested, said = command("--fresh", short=KILLED, run=KILLED)
    assert requested == [*CHECKED, *TRAINED]
    assert len(said) == 2
    assert command() == ([*CHECKED, *TRAINED], [])
