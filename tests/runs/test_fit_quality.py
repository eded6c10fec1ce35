"""Norms, losses, and scores of the training part, measured on request."""

from types import SimpleNamespace

import numpy as np
import pytest
from factories.specs import run_spec

from comparisons.runs.plan import Plan
from comparisons.worker.fit_quality import (
    FitMonitor,
    fixed_batches,
    with_sample,
)
from comparisons.worker.loading import load_implementation
from comparisons.worker.train import train_run
from shared.specs import ModelSpec, Split, TrainSpec
from shared.task import Dataset
from shared.weights.init import initial_weights

SPEC = ModelSpec(model="tagger", input="onehot", cell="gru", hidden_size=5)
SIZE = 6
RATE = 1e-3


def data(count, lengths=None):
    rng = np.random.default_rng(0)
    x = rng.integers(0, 4, (count, 7, 1), np.int32)
    y = rng.integers(0, 3, (count, 7)).astype(np.int32)
    if lengths is not None:
        y[np.arange(7) >= lengths[:, None]] = -1
    return Split(x, y, lengths)


@pytest.mark.parametrize("framework", ["pytorch", "keras", "jax"])
def test_a_norm_is_that_of_the_gradient_that_a_framework_follows(framework):
    """A step of SGD moves the weights by the rate times their gradient.

    In float32 the difference of two weights is known to 1e-7 of them, and
    so is the gradient to 1e-7 / RATE of a typical weight.
    """
    run = run_spec("echo", framework, "gru")
    package = load_implementation(run)
    package.configure("cpu", 1, "float32", 0)
    spec = SPEC.__class__(**{**vars(SPEC), "input_size": 4, "output_size": 3})
    model = package.build_model(spec)
    package.load_weights(model, initial_weights(spec, 0))
    lengths = np.array([7, 3, 5, 2, 6, 4, 7, 1, 5, 5, 2, 3], np.int32)
    whole = data(2 * SIZE, lengths)
    train = TrainSpec(
        epochs=1, batch_size=SIZE, optimizer="sgd", learning_rate=RATE
    )
    recorder = SimpleNamespace(
        implementation=package,
        model=model,
        train=train,
        dataset=SimpleNamespace(train=whole),
        observers=[],
    )
    monitor = FitMonitor(spec, recorder)
    assert recorder.observers == [monitor.measure]
    (one, other), before = monitor.norms[0], package.export_weights(model)
    assert one != pytest.approx(other, rel=0.01)
    first = Split(*(part[::2] for part in whole))
    losses = []
    package.fit(model, first, train, lambda epoch, loss: losses.append(loss))
    after = package.export_weights(model)
    moved = [before[name] - after[name] for name in before]
    norm = np.sqrt(sum(np.sum(m.astype(float) ** 2) for m in moved)) / RATE
    assert one == pytest.approx(norm, rel=2e-3)
    batches = list(fixed_batches(whole, SIZE))
    assert np.array_equal(batches[0].y, first.y)
    recorder.observers[0]()
    assert monitor.losses[1] < monitor.losses[0]


def dataset(train, **arrays):
    return Dataset(train, train, train, 4, 3, arrays=arrays)


def test_a_sample_is_spread_over_the_training_part_with_its_arrays():
    whole = data(10, np.arange(1, 11).clip(max=7).astype(np.int32))
    own = {"clean_train": np.arange(10), "clean_test": np.arange(10)}
    sample = with_sample(dataset(whole, **own), "tagger", 5)
    assert sample.arrays["clean_train"].tolist() == [0, 2, 4, 6, 8]
    assert sample.arrays["clean_test"].tolist() == [*range(10)]
    assert np.array_equal(sample.train.y, whole.y[::2])
    assert sample.train.lengths.tolist() == [1, 3, 5, 7, 7]
    assert len(with_sample(dataset(whole), "tagger", 50).train.x) == 10


def test_a_text_is_sampled_from_its_beginning():
    whole = data(10)._replace(lengths=None)
    sample = with_sample(dataset(whole), "language_model", 4)
    assert np.array_equal(sample.train.x, whole.x[:4])


def test_only_a_run_that_is_requested_to_measures_it():
    fields = {
        "data": {
            "lag": 2,
            "steps": 6,
            "train_sequences": 128,
            "validation_sequences": 40,
            "test_sequences": 40,
        },
        "model": {"hidden_size": 6, "input_size": 8, "output_size": 8},
        "train": {"epochs": 2, "patience": 1},
    }
    run = run_spec("echo", "pytorch", "rnn", **fields)
    package = load_implementation(run)
    without = train_run(run, package, lambda message: None)
    measured = train_run(run, package, lambda message: None, fit_quality=True)
    assert "fit" not in without
    assert without["scores"] == measured["scores"]
    assert [e["loss"] for e in without["epochs"]] == [
        e["loss"] for e in measured["epochs"]
    ]
    fit = measured["fit"]
    assert fit["examples"] == 128
    assert len(fit["losses"]) == len(fit["gradient_norms"]) == 3
    assert fit["losses"][2] < fit["losses"][0] == pytest.approx(2.1, abs=0.3)
    assert fit["scores"].keys() == measured["scores"].keys()
    assert measured["checks"].keys() == without["checks"].keys()


def test_a_run_that_measures_it_has_a_key_of_its_own():
    run = run_spec("echo", "pytorch", "rnn")
    plain, measuring = (
        Plan((run,), "", (run,), fit_quality=on) for on in (False, True)
    )
    for kind in ("baselines", "equivalence"):
        assert plain.key(kind, run) == measuring.key(kind, run)
    assert plain.key("run", run) != measuring.key("run", run)
