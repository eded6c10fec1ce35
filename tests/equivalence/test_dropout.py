"""Dropout is in the same places in each package, and off at evaluation.

Known masks replace the random ones: losses, weights and the order of the
places are then those of the NumPy reference with scaled weights. A dropout
that is missing, doubled, misplaced or of another rate is red.
"""

from dataclasses import replace

import numpy as np
import pytest
from factories.dropout import (
    DROPOUT,
    INPUT_DROPOUT,
    RECURRENT_DROPOUT,
    Drop,
    DroppedCase,
    RecurrentCase,
    known_masks,
    with_masks,
)
from factories.implementations import PACKAGES, configured

from comparisons.equivalence import autoregressive
from comparisons.equivalence.autoregressive import (
    attention_weights,
    scores,
    wrong_tokens,
)
from comparisons.equivalence.case import BATCH
from comparisons.equivalence.case_data import (
    EMBEDDING,
    FEATURES,
    HIDDEN,
    INDICES,
)
from comparisons.equivalence.deviation import deviation, largest_deviation
from comparisons.equivalence.limits import LIMITS
from comparisons.equivalence.measure import fitted, forward, loaded
from shared.batching.batches import epoch_batches
from shared.decoding.options import DecodingOptions
from shared.reference.model import in_float64, training_step
from shared.specs import TrainSpec
from shared.specs.video import OUTPUTS as VIDEO_OUTPUTS

TRAINING = TrainSpec(
    epochs=1,
    batch_size=BATCH,
    num_buckets=1,
    optimizer="sgd",
    learning_rate=0.5,
    seed=3,
    packing="off",
)
"""Two steps whose batches and sample masks are those of this seed."""


def seq2seq(impl, attention, depth, both=False):
    return DroppedCase(
        *("seq2seq", "rnn", "embedding", impl, depth, both, True),
        attention=attention,
        outputs=INDICES,
    )


CLASSIFIER = DroppedCase(
    *("classifier", "rnn", "values", "native", 2, True, True),
    pooling="mean+max",
)
TAGGER = DroppedCase(
    *("tagger", "rnn", "embedding", "scratch", 2, True, True),
    char_encoder=True,
)
RECOGNIZER = DroppedCase(
    "speech_recognizer", "gru", "values", "native", 1, True, True
)
VIDEO = DroppedCase(
    *("video_model", "gru", "values", "native", 1, False, False),
    outputs=VIDEO_OUTPUTS,
)
LANGUAGE = DroppedCase(
    *("language_model", "gru", "embedding", "native", 2, False, False),
    outputs=INDICES,
)
RECURRENT_LANGUAGE = RecurrentCase(
    *("language_model", "gru", "embedding", "scratch", 2, False, False),
    outputs=INDICES,
)
RECURRENT_TAGGER = RecurrentCase(
    *("tagger", "lstm", "embedding", "scratch", 1, True, True),
    layer_norm=True,
)
RECURRENT_FORECASTER = RecurrentCase(
    "forecaster", "mgu", "values", "scratch", 1, False, False
)
FORECASTER = DroppedCase(
    "forecaster", "rnn", "values", "scratch", 2, False, False
)
AUTOENCODER = DroppedCase(
    "autoencoder", "rnn", "values", "scratch", 2, True, False
)
ADDITIVE = seq2seq("native", "bahdanau", 2, both=True)
GENERAL = seq2seq("scratch", "luong-general", 2)
NO_ATTENTION = seq2seq("native", "none", 1)

STATE = 2 * HIDDEN
"""Size of the outputs of both directions; a decoder of seq2seq has H + 1."""


def inputs(size):
    return Drop(INPUT_DROPOUT, 3, size)


def steps(size):
    return Drop(DROPOUT, 3, size)


def vector(size):
    return Drop(DROPOUT, 2, size)


STATES = Drop(RECURRENT_DROPOUT, 3, HIDDEN)
"""Masks of the state, one for each gate and none for each step: (G, B, H)."""

PAIRS = [inputs(EMBEDDING), steps(HIDDEN + 1)]

PLACES = {
    CLASSIFIER: [inputs(FEATURES), steps(STATE), vector(2 * STATE)],
    TAGGER: [inputs(EMBEDDING + STATE), steps(STATE)],
    RECOGNIZER: [inputs(FEATURES), steps(STATE)],
    VIDEO: [steps(HIDDEN)],
    LANGUAGE: [inputs(EMBEDDING), steps(HIDDEN)],
    RECURRENT_LANGUAGE: [inputs(EMBEDDING), STATES, steps(HIDDEN)],
    RECURRENT_TAGGER: [inputs(EMBEDDING), STATES, steps(STATE)],
    RECURRENT_FORECASTER: [STATES, steps(HIDDEN), vector(HIDDEN)],
    FORECASTER: [steps(HIDDEN), vector(HIDDEN)],
    AUTOENCODER: [steps(STATE), vector(STATE), steps(HIDDEN)],
    ADDITIVE: PAIRS,
    GENERAL: PAIRS,
    NO_ATTENTION: PAIRS,
}
"""Case -> where its model drops, in the order of a forward pass."""


def expected(case, weights, split, training):
    """The mean loss and the final weights of one epoch of plain SGD."""
    spec, losses, weights = case.spec(), [], in_float64(weights)
    for batch in epoch_batches(split, training, 0):
        scaled, scales = with_masks(spec, weights)
        loss, gradients, _ = training_step(spec, scaled, batch)
        losses.append(loss)
        weights = {
            name: w
            - training.learning_rate * gradients[name] * scales.get(name, 1.0)
            for name, w in weights.items()
        }
    return np.mean(losses), weights


def evaluate(implementation, model, case, weights):
    """Deviations from the reference of what is predicted and generated.

    The model is as a training leaves it: each function turns dropout off.
    """
    train = getattr(model, "train", int)  # Keras has no such mode
    subject = implementation, model, case, weights
    train()
    yield forward(*subject)
    x, _, lengths = split = case.split()
    if case in (FORECASTER, RECURRENT_FORECASTER):
        train()
        implementation.unroll(model, x, lengths)
        implementation.state_gradients(model, split)
    if case in (LANGUAGE, RECURRENT_LANGUAGE, ADDITIVE):
        train()
        yield scores(*subject)
        train()
        yield wrong_tokens(*subject)
    if case is ADDITIVE:
        implementation.load_weights(model, weights)
        train()
        yield attention_weights(*subject)


LOOPS = {"keras_impl": "train_on_batch"}
"""Package -> its loop whose masks have shapes; those of `fit` are unknown."""


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("case", PLACES, ids=str)
def test_dropout_is_that_of_the_reference(package, case, monkeypatch, quick):
    monkeypatch.setattr(autoregressive, "TOKENS", 8)
    beam = DecodingOptions(beam=2, max_new_tokens=6)
    monkeypatch.setattr(autoregressive, "DECODINGS", (beam,))
    implementation = configured(package, "float64")
    training = replace(TRAINING, loop=LOOPS.get(package, "step"))
    if case is GENERAL:
        training = replace(training, teacher_forcing=0.5)
    with known_masks(package) as trace:
        model, weights = loaded(implementation, case, "float64")
        check_training(implementation, model, case, training)
        if case.model == "seq2seq":  # a decoder takes a step at a time
            trace[:] = [one._replace(shared=False) for one in trace]
        assert list(dict.fromkeys(trace)) == PLACES[case]
        if case not in (GENERAL, NO_ATTENTION):
            trace.clear()
            implementation.load_weights(model, weights)
            found = evaluate(implementation, model, case, weights)
            assert max(found) <= LIMITS["float64"]["forward"]
            assert trace == []


def test_packed_sequences_drop_between_the_same_layers():
    implementation = configured("pytorch_impl", "float64")
    with known_masks("pytorch_impl") as trace:
        model, _ = loaded(implementation, CLASSIFIER, "float64")
        training = replace(TRAINING, packing="on")
        check_training(implementation, model, CLASSIFIER, training)
    # The steps of all sequences are one axis.
    between = vector(STATE)
    assert list(dict.fromkeys(trace))[1:] == [between, vector(2 * STATE)]


def check_training(implementation, model, case, training):
    """The loss and the final weights are those of the reference."""
    weights, split = case.weights("float64"), case.split(2)
    fit = fitted(implementation, model, weights, split, training)
    loss, last = expected(case, weights, split, training)
    limits = LIMITS["float64"]
    assert deviation(fit.losses[0], loss) <= limits["forward"]
    moved = {name: weights[name] - w for name, w in fit.last.items()}
    right = {name: weights[name] - w for name, w in last.items()}
    assert largest_deviation(moved, right) <= limits["gradient"]
