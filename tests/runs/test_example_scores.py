"""The scores of a run's test examples are saved next to its record."""

from __future__ import annotations

import numpy as np
import pytest
from factories.fakes.scripted import Scripted
from factories.specs import run_spec

from comparisons.arguments.options import parse_options
from comparisons.records.examples import examples_file
from comparisons.records.store import Store
from comparisons.runs.engines import alone
from comparisons.runs.plan import make_plan
from comparisons.runs.processes import WorkerError
from comparisons.runs.progress import Silence
from comparisons.runs.runner import Runner
from comparisons.worker.data import load_dataset
from comparisons.worker.train import train_run
from shared.task.examples import AGGREGATES, read_examples
from shared.tasks import sized

ECHO = {"lag": 2, "steps": 12, "symbols": 4}
ECHO |= {"train_sequences": 64, "validation_sequences": 10}
ECHO |= {"test_sequences": 20}


def half_right(split, _):
    """Logits that are right in the even sequences alone."""
    targets = np.maximum(split.y, 0)
    targets[1::2] = (targets[1::2] + 1) % 4
    return 5.0 * np.eye(4)[targets]


def trained(path):
    """The fields of a run that writes its example scores there."""
    run = run_spec("echo", "pytorch", "rnn", 0, data=ECHO, train={"epochs": 2})
    run = sized(run, dataset := load_dataset(run))
    script = Scripted(
        dataset, half_right, validation=[0.5, 0.5], test=[0.5, 0.5]
    )
    return train_run(run, script, lambda message: None, None, path)


def test_examples_are_those_of_the_scored_weights(tmp_path):
    path = tmp_path / "scores" / "key.npz"
    fields = trained(path)
    assert fields["checks"]["example_scores_saved"]
    found = read_examples(path)
    assert found.statistics.shape == (20, 2) and found.unit == "sequences"
    assert (found.statistics[1::2, 0] == 0).all()
    score = AGGREGATES["accuracy"](found.statistics.sum(axis=0))
    assert score == pytest.approx(fields["scores"]["accuracy"]) != 0.0
    assert [p.name for p in path.parent.iterdir()] == ["key.npz"]


def test_a_folder_that_cannot_be_written_does_not_lose_the_run(tmp_path):
    (tmp_path / "scores").write_text("a file")
    fields = trained(tmp_path / "scores" / "key.npz")
    assert fields["status"] == "ok"
    assert fields["checks"]["example_scores_saved"] is False


def test_every_run_has_its_file_without_checkpoints(tmp_path, monkeypatch):
    requested = []

    class Process:
        alive = True

        def send(self, job, run, extra):
            pass

        def receive(self, timeout, on_event):
            raise WorkerError("failed", "not today", "")

        def ask(self, job, run, timeout, on_event, **extra):
            requested.append(extra)
            raise WorkerError("failed", "not today", "")

        def end(self):
            self.alive = False

    monkeypatch.setattr(alone, "Worker", Process)
    flags = ["--task", "sine", "--frameworks", "pytorch", "--cells", "gru"]
    flags += ["--checkpoints", "off", "--seeds", "1", "--out", str(tmp_path)]
    options = parse_options(flags)
    store = Store(tmp_path)
    plan = make_plan(options, "")
    Runner(plan, store, options, Silence()).run()
    store.close()
    file = examples_file(tmp_path.resolve(), plan.key("run", plan.runs[0]))
    assert requested == [{"checkpoint": None, "examples": str(file)}]
