"""How far a training is, reported while an epoch lasts."""

import importlib
import io
import time
from dataclasses import replace

import pytest
from factories.specs import run_spec
from rich.console import Console

from comparisons.equivalence.case import BATCH, Case
from comparisons.equivalence.limits import ADAM
from comparisons.equivalence.measure import loaded
from comparisons.runs.progress import Bars
from comparisons.runs.runner import BASELINES, preparation
from comparisons.worker import recorder, scoring
from comparisons.worker.recorder import Recorder
from shared.batching.batches import batch_monitor
from shared.task import Dataset
from shared.tasks import get_task

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")
CASE = Case("forecaster", "rnn", "values", "native", 1, False, False)
BATCHES = 3


def recorder_of(messages, implementation=None, model=None):
    split = CASE.split(BATCHES)
    dataset = Dataset(split, split, split, input_size=3, output_size=2)
    task = get_task("sine")
    return Recorder(implementation, model, task, dataset, ADAM, messages.append)


@pytest.mark.parametrize("package", PACKAGES)
def test_training_reports_each_batch(package, monkeypatch):
    monkeypatch.setattr(recorder, "INTERVAL", 0.0)
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float32", 0)
    model, _ = loaded(implementation, CASE, "float32")
    messages = []
    found = recorder_of(messages)
    assert ADAM.batch_size == BATCH
    with found.monitoring():
        implementation.fit(
            model, found.dataset.train, ADAM, lambda epoch, loss: epoch == 1
        )
    done = [message["done"] for message in messages]
    assert done == pytest.approx([0, 1 / 3, 2 / 3, 1, 4 / 3, 5 / 3])
    assert {message["epochs"] for message in messages} == {ADAM.epochs}
    batch_monitor.get()(0, 0)
    assert len(messages) == len(done)


def test_reports_are_limited_in_rate():
    messages = []
    found = recorder_of(messages)
    for number in range(100):
        found.on_batch(0, number)
    assert messages == []
    found.reported -= recorder.INTERVAL
    found.on_batch(0, 2)
    found.on_batch(0, 3)
    assert [message["done"] for message in messages] == [pytest.approx(2 / 3)]


def test_reporting_is_not_timed():
    found = recorder_of([])
    found.emit = lambda message: time.sleep(0.05)
    since = found.since
    found.on_batch(0, 1)
    assert found.since == since
    found.reported -= recorder.INTERVAL
    found.on_batch(0, 2)
    assert found.since >= since + 0.05


def test_scoring_reports_the_progress_of_the_model_of_the_data(monkeypatch):
    calls = []
    monkeypatch.setitem(
        scoring.SCORED, "autoencoder", lambda *args: calls.append(args)
    )
    found = recorder_of([])
    found.dataset = replace(found.dataset, model="autoencoder")
    found.outputs(found.dataset.test)
    assert len(calls) == 1


def test_the_bar_moves_within_an_epoch():
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    bars = Bars(console)
    bars.begin(run_spec(task="sine", framework="jax", cell="gru", seed=0), 1, 9)
    for done in (0.25, 0.5):
        bars.epoch({"event": "batch", "epochs": 4, "done": done})
        (bar,) = bars.bars.tasks
        assert (bar.completed, bar.total) == (done / 4, 9)
    message = {"event": "epoch", "epochs": 4, "epoch": 0, "loss": 0.5}
    bars.epoch(message)
    assert bar.completed == 1 / 4
    assert bar.fields["state"] == "epoch 1/4 loss 0.5000"
    bars.begin(run_spec(task="sine", framework="jax", cell="gru", seed=1), 2, 9)
    assert (bar.completed, bar.fields["state"]) == (1, "")
    bars.close()


def test_baselines_are_computed_not_proved():
    assert preparation(BASELINES) == "computing the baselines"


def test_the_framework_that_is_proved_is_shown_with_a_clock():
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    bars = Bars(console)
    for number, row in enumerate((BASELINES, ("keras", "gru")), 1):
        bars.prepare(preparation(row), number, 2)
    (bar,) = bars.bars.tasks
    assert (bar.description, bar.completed) == ("proving Keras GRU", 1)
    bars.bars.refresh()
    assert "0:00:0" in console.file.getvalue()
    bars.begin(run_spec(task="sine", framework="jax", cell="gru", seed=0), 1, 9)
    (bar,) = bars.bars.tasks
    assert (bar.completed, bar.total) == (0, 9)
    bars.close()
