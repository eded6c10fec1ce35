"""The packages wait for the device before a clock is read."""

from __future__ import annotations

import importlib

import jax
import keras
import numpy as np
import pytest
import torch
from factories.fakes.device import Device
from factories.implementations import PACKAGES, configured

from comparisons.bench import loops
from shared.specs import ModelSpec, Split, TrainSpec

SPEC = ModelSpec("forecaster", "rnn", hidden_size=3)
SPLIT = Split(np.zeros((8, 4, 1), "f4"), np.zeros((8, 1), "f4"), None)
TRAIN = TrainSpec(epochs=2, batch_size=4)


@pytest.fixture
def device():
    return Device()


def on_epoch_end(device, found):
    """What reads the clock after an epoch, and keeps what it reads."""

    def read(epoch, loss):
        found.append((device.clock(), type(loss), loss))
        return False

    return read


def fake_steps(package, device, monkeypatch):
    """Replace the steps of a package: 3 s each, on a device to wait for."""
    training = importlib.import_module(f"{package}.training")
    if package == "pytorch_impl":

        def step_loop(*arguments):
            return lambda *batch: device.enqueue(3.0, 0.5)

        monkeypatch.setitem(training.LOOPS, "step", step_loop)
    elif package == "jax_impl":

        def epoch_loop(*arguments):
            return lambda *epoch: [device.enqueue(3.0, 0.5) for _ in range(2)]

        monkeypatch.setitem(training.LOOPS, "step", epoch_loop)
    else:
        loop = training.LOOPS["train_on_batch"]
        monkeypatch.setitem(training.LOOPS, "step", loop)
        monkeypatch.setattr(
            training.TrainedModel,
            "train_on_batch",
            lambda *batch: device.enqueue(3.0, 0.5),
        )


@pytest.mark.parametrize("package", PACKAGES)
def test_an_epoch_ends_when_its_steps_are_done(package, device, monkeypatch):
    implementation = configured(package, "float32")
    model, found = implementation.build_model(SPEC), []
    fake_steps(package, device, monkeypatch)
    implementation.fit(model, SPLIT, TRAIN, on_epoch_end(device, found))
    assert [seconds for seconds, *_ in found] == [6.0, 12.0]
    assert device.unsynchronized == 0


LOOPS = [
    ("pytorch_impl", "step"),
    ("keras_impl", "step"),
    ("keras_impl", "train_on_batch"),
    ("jax_impl", "step"),
    ("jax_impl", "pure"),
    ("jax_impl", "scan"),
]


@pytest.mark.parametrize(("package", "loop"), LOOPS)
def test_the_loss_of_an_epoch_is_read_from_the_device(package, loop, device):
    implementation = configured(package, "float32")
    model, found = implementation.build_model(SPEC), []
    training = TrainSpec(epochs=2, batch_size=4, loop=loop)
    implementation.fit(model, SPLIT, training, on_epoch_end(device, found))
    assert [kind for _, kind, _ in found] == [float, float]


@pytest.mark.parametrize("by_hand", [False, True])
def test_no_thread_holds_up_the_end_of_an_epoch_of_fit(by_hand, monkeypatch):
    read, fit = [], keras.Model.fit

    def recording_fit(model, dataset, *arguments, **options):
        read.append(dataset.options().autotune.enabled)
        if by_hand:  # this loop waits for its epochs
            fit(model, dataset, *arguments, **options)

    monkeypatch.setattr(keras.Model, "fit", recording_fit)
    implementation = configured("keras_impl", "float32")
    if by_hand:
        module = importlib.import_module(f"{loops.__name__}.keras")
        list(module.train(SPEC, TRAIN, batches, 2))
    else:
        model = implementation.build_model(SPEC)
        implementation.fit(model, SPLIT, TRAIN, lambda epoch, loss: False)
    assert read == [False]


@pytest.mark.parametrize("package", PACKAGES)
def test_predictions_are_in_the_memory_of_the_host(package):
    implementation = configured(package, "float32")
    outputs = implementation.predict(
        implementation.build_model(SPEC), SPLIT.x, None
    )
    assert type(outputs) is np.ndarray


def batches(epoch):
    yield SPLIT
    yield SPLIT


BY_HAND = [
    *(("pytorch", "train", "step"), ("pytorch", "train_tuned", "step")),
    *(("keras", "train", "step"), ("keras", "train", "train_on_batch")),
    *(("jax", "train", "step"), ("jax", "train_tuned", "step")),
]
"""File of `comparisons.bench.loops`, its function, the loop of the spec."""

HOST = (float, np.floating)
"""Types of a number that no device has still to compute."""


@pytest.mark.parametrize(("file", "name", "loop"), BY_HAND)
def test_a_loop_by_hand_waits_for_its_epoch(file, name, loop):
    module = importlib.import_module(f"{loops.__name__}.{file}")
    training = TrainSpec(epochs=1, batch_size=8, loop=loop)
    (loss,) = getattr(module, name)(SPEC, training, batches, 2)
    assert isinstance(loss, HOST)


LANGUAGE = ModelSpec(
    *("language_model", "rnn", "embedding"),
    input_size=5,
    output_size=5,
    embedding_size=4,
    hidden_size=3,
)
TOKENS = Split(np.zeros((8, 4), "i4"), np.zeros((8, 4), "i4"), None)


BY_HAND_OF_TEXTS = [
    *(("pytorch", "step"), ("jax", "step")),
    *(("keras", "step"), ("keras", "train_on_batch")),
]


@pytest.mark.parametrize(("file", "loop"), BY_HAND_OF_TEXTS)
def test_a_loop_of_texts_by_hand_waits_for_its_epoch(file, loop):
    module = importlib.import_module(f"{loops.__name__}.language.{file}")
    training = TrainSpec(epochs=1, batch_size=8, loop=loop)
    (loss,) = module.train(LANGUAGE, training, lambda n: [TOKENS] * 2, 2)
    assert isinstance(loss, HOST)


def test_a_product_of_matrices_is_waited_for(device, monkeypatch):
    monkeypatch.setattr(jax, "jit", lambda f: lambda *a: device.enqueue(5.0))
    monkeypatch.setattr(torch, "randn", lambda *a, **k: Matrix(device))
    monkeypatch.setattr(keras.ops, "matmul", lambda *a: device.enqueue(5.0))
    for file in ("pytorch", "keras", "jax"):
        module = importlib.import_module(f"{loops.__name__}.{file}")
        multiply, since = module.matrix_product(4), device.clock()
        multiply()
        assert device.clock() - since == 5.0
    assert device.unsynchronized == 0


class Matrix:
    """A matrix whose products the device computes."""

    def __init__(self, device):
        self.device = device

    def __matmul__(self, other):
        return self.device.enqueue(5.0)
