"""What follows the seed of a run, in each package and training loop.

`test_dropout.py` trains in the order and with the sample masks of seed 3 and
compares every weight with the reference.
"""

import importlib
from dataclasses import replace

import numpy as np
import pytest
from factories.batches import batches_hash
from factories.dropout import DroppedCase
from factories.implementations import PACKAGES, configured, forget_compiled

from comparisons.equivalence.case import BATCH, Case
from comparisons.equivalence.cases import seq2seq_case
from comparisons.worker.recorder import Recorder
from shared.batching.batches import EpochBatches, epoch_batches, epoch_order
from shared.specs import Split, TrainSpec
from shared.task import Dataset
from shared.tasks import get_task
from shared.weights.init import initial_weights

WORDS = Case(
    "tagger", "gru", "embedding", "scratch", 1, True, True, char_encoder=True
)
NATIVE = (
    replace(WORDS, init="native"),
    replace(seq2seq_case("lstm", "native", "bahdanau", 1, True), init="native"),
)
DROPPED = DroppedCase("classifier", "rnn", "values", "scratch", 2, False, False)
PLAIN = Case("forecaster", "rnn", "values", "native", 1, False, False)
ONE = TrainSpec(epochs=2, batch_size=BATCH, optimizer="sgd", learning_rate=0.1)

LOOPS = (
    ("pytorch_impl", "step"),
    ("keras_impl", "step"),
    ("keras_impl", "train_on_batch"),
    ("jax_impl", "step"),
    ("jax_impl", "pure"),
    ("jax_impl", "scan"),
)


def seeded(package, seed):
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float32", seed)
    return implementation


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("case", NATIVE, ids=str)
def test_native_weights_follow_the_seed(package, case, quick):
    found = []
    for seed in (0, 5, 5):
        implementation = seeded(package, seed)
        model = implementation.build_model(case.spec())
        found.append(implementation.export_weights(model))
    zero, five, again = found
    for name, weight in five.items():
        assert np.array_equal(weight, again[name]), name
        if weight.ndim > 1:  # biases may start from a constant
            assert not np.isclose(weight, zero[name]).all(), name


@pytest.mark.parametrize("case", NATIVE, ids=str)
def test_matched_weights_follow_the_seed(case):
    zero, five, again = (
        initial_weights(replace(case.spec(), init="matched"), seed)
        for seed in (0, 5, 5)
    )
    for name, weight in five.items():
        assert np.array_equal(weight, again[name]), name
        if weight.ndim > 1:
            assert not np.isclose(weight, zero[name]).all(), name


@pytest.mark.parametrize(
    ("package", "impl"),
    [
        *((package, "scratch") for package in PACKAGES),
        ("pytorch_impl", "native"),
    ],
)
def test_dropout_follows_the_seed(package, impl, quick):
    """All examples are equal, so that no order of batches is seen.

    The native layers of PyTorch alone have dropout within.
    """
    case = replace(DROPPED, impl=impl)
    x, y, _ = case.split()
    split = Split(np.repeat(x[:1], BATCH, 0), np.repeat(y[:1], BATCH), None)
    weights, found = case.weights(), []
    for seed in (0, 5, 5):
        implementation, losses = seeded(package, 0), []
        model = implementation.build_model(case.spec())
        implementation.load_weights(model, weights)
        implementation.fit(
            model,
            split,
            replace(ONE, seed=seed),
            lambda epoch, loss, losses=losses: losses.append(loss),
        )
        found.append(losses)
    zero, five, again = found
    assert five == again
    assert not set(five) & set(zero)
    assert len(set(five)) == len(five)  # each step draws masks of its own


def recorded(package, loop, split, training):
    """The digest of the batches that a training takes."""
    implementation = configured(package, "float32")
    model = implementation.build_model(PLAIN.spec())
    dataset = Dataset(split, split, split, input_size=3, output_size=2)
    recorder = Recorder(
        implementation, model, get_task("sine"), dataset, training, print
    )
    with recorder.monitoring():
        implementation.fit(
            model, split, replace(training, loop=loop), lambda *given: False
        )
    return recorder.batches.hexdigest()[:16]


@pytest.mark.parametrize(("package", "loop"), LOOPS)
def test_the_recorded_digest_is_that_of_the_batches_taken(package, loop, quick):
    split, training = PLAIN.split(3), replace(ONE, seed=5)
    right = batches_hash(split, training, training.epochs)
    assert recorded(package, loop, split, training) == right
    with pytest.MonkeyPatch.context() as patch:
        ignore_seed(package, patch)
        wrong = recorded(package, loop, split, training)
    forget_compiled(package)
    assert wrong == batches_hash(split, replace(training, seed=0), 2) != right


def ignore_seed(package, patch):
    """Plant an error: batches in the order of seed 0."""
    file = importlib.import_module(f"{package}.training")
    for function in (epoch_batches, EpochBatches, epoch_order):
        if hasattr(file, function.__name__):
            patch.setattr(
                file,
                function.__name__,
                lambda split, spec, epoch, right=function: right(
                    split, replace(spec, seed=0), epoch
                ),
            )
