"""What `fit` and the recorder do beside descending, in each package."""

import importlib
import math
from dataclasses import replace

import numpy as np
import pytest
from factories.specs import run_spec

import pytorch_impl
from comparisons.worker import train
from comparisons.worker.data import load_dataset
from comparisons.worker.recorder import Recorder
from shared.specs import ModelSpec, TrainSpec
from shared.tasks import get_task
from shared.weights.init import initial_weights

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")
TINY = {"train_steps": 400, "validation_steps": 120, "test_steps": 120}


def fitted(package, train=None, model=None):
    """Implementation, model, dataset and recorder after a short training."""
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float32", 0)
    run = run_spec("sine", "pytorch", "gru", train=train or {}, data=TINY)
    dataset, task = load_dataset(run), get_task("sine")
    spec = replace(run.model, **(model or {}))
    built = implementation.build_model(spec)
    implementation.load_weights(built, initial_weights(spec, 0))
    training = run.train
    recorder = Recorder(
        implementation, built, task, dataset, training, lambda message: None
    )
    implementation.fit(built, dataset.train, training, recorder.on_epoch_end)
    return implementation, built, dataset, recorder


@pytest.mark.parametrize("package", PACKAGES)
def test_early_stopping_restores_the_weights_of_the_best_epoch(package):
    # A large rate, decayed by nothing, soon leaves the best epoch behind.
    train = {
        "epochs": 60,
        "learning_rate": 0.1,
        "schedule": "constant",
        "patience": 3,
    }
    implementation, model, dataset, recorder = fitted(package, train)
    values = [epoch["validation"] for epoch in recorder.epochs]
    best = int(np.argmin(values))
    assert len(values) == best + 1 + 3 < 60
    assert values[-1] > values[best]
    recorder.restore_best()
    x, _, lengths = dataset.validation
    outputs = implementation.predict(model, x, lengths)
    score = get_task("sine").score(outputs, "validation", dataset)["rmse"]
    assert score == pytest.approx(values[best], rel=1e-6)


@pytest.mark.parametrize("package", PACKAGES)
def test_without_patience_every_epoch_is_trained(package):
    *_, recorder = fitted(package, {"epochs": 3})
    assert [epoch["epoch"] for epoch in recorder.epochs] == [0, 1, 2]
    assert recorder.best is None


@pytest.mark.parametrize("package", PACKAGES)
def test_a_clipped_step_is_as_long_as_the_clip(package):
    # One step of plain descent with rate 1 moves by the clipped norm.
    train = TrainSpec(
        epochs=1,
        batch_size=16,
        optimizer="sgd",
        learning_rate=1.0,
        clip_norm=0.01,
    )
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float32", 0)
    run = run_spec("sine", "pytorch", "lstm", data=TINY)
    split = load_dataset(run).train
    split = split._replace(x=split.x[:16], y=3.0 + split.y[:16])
    spec = ModelSpec(cell="lstm")
    model = implementation.build_model(spec)
    before = initial_weights(spec, 0)
    implementation.load_weights(model, before)
    implementation.fit(model, split, train, lambda epoch, loss: False)
    after = implementation.export_weights(model)
    moved = sum(((after[n] - w) ** 2).sum() for n, w in before.items())
    assert np.sqrt(moved) == pytest.approx(0.01, rel=1e-3)


@pytest.mark.parametrize("package", PACKAGES)
def test_dropout_acts_in_training_alone_and_follows_the_seed(package):
    train = {"epochs": 2}
    losses = []
    for dropout in (0.0, 0.5, 0.5):
        implementation, model, dataset, recorder = fitted(
            package, {**train, "batch_size": 64}, {"dropout": dropout}
        )
        losses.append([epoch["loss"] for epoch in recorder.epochs])
        x, _, lengths = dataset.test
        outputs = implementation.predict(model, x, lengths)
        again = implementation.predict(model, x, lengths)
        assert (outputs == again).all()
    assert losses[1] == losses[2]
    assert losses[0] != losses[1]


def test_a_score_that_is_no_number_is_recorded_as_such(monkeypatch):
    def score(outputs, part, dataset):
        return {"rmse": 0.1 if part == "validation" else math.nan}

    task = replace(get_task("sine"), score=score)
    monkeypatch.setattr(train, "get_task", lambda *names: task)
    run = run_spec("sine", "pytorch", "rnn", preset="quick", threads=1)
    record = train.train_run(run, pytorch_impl, lambda message: None)
    assert record["status"] == "diverged"
    assert "'rmse': nan" in record["error"]
    assert record["epochs"]
