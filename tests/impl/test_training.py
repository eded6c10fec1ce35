"""What `fit` and the recorder do besides optimizing, in each package."""

import importlib
import math
from dataclasses import replace

import numpy as np
import pytest
from factories.specs import run_spec

import pytorch_impl
from comparisons.equivalence.case import BATCH, Case
from comparisons.equivalence.cases import language_case, seq2seq_case
from comparisons.equivalence.measure import loaded
from comparisons.worker import train
from comparisons.worker.data import load_dataset
from comparisons.worker.recorder import Recorder
from keras_impl.training import LOOPS, TrainedModel
from shared.batching.batches import batch_monitor
from shared.specs import ModelSpec, Split, TrainSpec
from shared.tasks import get_task
from shared.weights.init import initial_weights

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")
TINY = {"train_sequences": 380, "validation_sequences": 100}
TINY |= {"test_sequences": 20, "test_forecasts": 5}


def fitted(package, train=None, model=None, loop="step"):
    """Implementation, model, dataset and recorder after a short training."""
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float32", 0)
    run = run_spec("sine", "pytorch", "gru", train=train or {}, data=TINY)
    dataset, task = load_dataset(run), get_task("sine")
    spec = replace(run.model, **(model or {}))
    built = implementation.build_model(spec)
    implementation.load_weights(built, initial_weights(spec, 0))
    training = replace(run.train, loop=loop)
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
        "lr_schedule": "constant",
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
def test_a_clipped_gradient_has_the_norm_of_the_limit(package):
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
def test_dropout_is_on_again_after_each_evaluation(package):
    # A tiny rate: only the masks make the losses of two epochs differ.
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float64", 0)
    spec, losses = ModelSpec(dropout=0.5), []
    x, y = np.ones((4, 3, 1)), np.ones((4, 1))
    model = implementation.build_model(spec)
    training = TrainSpec(epochs=4, batch_size=4, learning_rate=1e-12)

    def on_epoch_end(epoch, loss):
        losses.append(loss)
        outputs, again = (
            implementation.predict(model, x, None) for _ in range(2)
        )
        assert (outputs == again).all()

    implementation.fit(model, Split(x, y, None), training, on_epoch_end)
    assert min(abs(np.subtract(losses[1:], losses[:-1]))) > 1e-6


@pytest.mark.jax
def test_the_loops_of_jax_have_equal_losses():
    train = {"epochs": 3, "batch_size": 64}
    model = {"dropout": 0.5, "num_layers": 2}
    curves = []
    for loop in ("step", "pure", "scan"):
        *_, recorder = fitted("jax_impl", train, model, loop)
        curves.append([epoch["loss"] for epoch in recorder.epochs])
    for curve in curves[1:]:
        assert curve == pytest.approx(curves[0], rel=1e-6)


def test_a_nan_score_is_recorded_as_nan(monkeypatch):
    def score(outputs, part, dataset):
        return {"rmse": 0.1 if part == "validation" else math.nan}

    task = replace(get_task("sine"), score=score)
    monkeypatch.setattr(train, "get_task", lambda *names: task)
    run = run_spec("sine", "pytorch", "rnn", preset="quick", threads=1)
    record = train.train_run(run, pytorch_impl, lambda message: None)
    assert record["status"] == "diverged"
    assert "'rmse': nan" in record["error"]
    assert record["epochs"]


LENGTHS = {
    "of one length": Case(
        "forecaster", "rnn", "values", "native", 1, False, False
    ),
    "of several": Case("tagger", "rnn", "embedding", "native", 1, True, True),
    "decoded": seq2seq_case("rnn", "native", "bahdanau", 1, False),
    "of a stream": language_case("rnn", "native", "embedding", 1),
}


ALL_KINDS = ("step", "train_on_batch")
"""Loops of Keras that are checked with sequences of every kind."""


@pytest.mark.keras
@pytest.mark.parametrize("kind", LENGTHS)
def test_keras_fit_takes_the_steps_of_train_on_batch(kind):
    """The same batches in the same order: the same losses and weights."""
    case, results = LENGTHS[kind], {}
    split, sampling = case.split(5), float(kind != "decoded")
    implementation = importlib.import_module("keras_impl")
    implementation.configure("cpu", 1, "float64", 0)
    model, weights = loaded(implementation, case, "float64")
    loops = list(LOOPS) if kind == "of one length" else ALL_KINDS
    for loop in loops:
        losses, taken = [], []
        monitor = batch_monitor.set(lambda *batch, to=taken: to.append(batch))

        def on_epoch_end(epoch, loss, losses=losses):
            losses.append(loss)
            return epoch == 2

        implementation.load_weights(model, weights)
        training = TrainSpec(
            epochs=5,
            batch_size=BATCH,
            num_buckets=1 + (kind == "of several"),
            loop=loop,
            teacher_forcing=sampling,
            stateful=kind == "of a stream",
        )
        implementation.fit(model, split, training, on_epoch_end)
        batch_monitor.reset(monitor)
        if loop != "steps_per_execution":  # which takes all five as one
            steps = [(epoch, n) for epoch in range(3) for n in range(5)]
            assert taken == steps
        results[loop] = losses, implementation.export_weights(model)
    losses, weights = results.pop("step")
    assert len(losses) == 3
    for others, other_weights in results.values():
        assert losses == pytest.approx(others, rel=1e-12)
        for name, weight in weights.items():
            np.testing.assert_allclose(weight, other_weights[name], rtol=1e-9)


@pytest.mark.keras
@pytest.mark.parametrize("loop", ALL_KINDS)
def test_keras_traces_a_step_once(monkeypatch, loop):
    """TensorFlow traces again what creates variables when it is first called.

    A layer's Python runs at each trace, and at no step.
    """
    case, calls = LENGTHS["of one length"], []
    implementation = importlib.import_module("keras_impl")
    implementation.configure("cpu", 1, "float64", 0)
    model, _ = loaded(implementation, case, "float64")
    call = TrainedModel.call
    monkeypatch.setattr(
        TrainedModel,
        "call",
        lambda *args, **options: calls.append(1) or call(*args, **options),
    )
    training = TrainSpec(epochs=2, batch_size=BATCH, loop=loop)
    implementation.fit(model, case.split(5), training, lambda *epoch: False)
    assert len(calls) == 1
