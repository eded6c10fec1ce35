"""The numpy reference: gradients, padding, update rules and schedule."""

import dataclasses

import numpy as np
import pytest

from comparisons.equivalence.case import Case
from comparisons.equivalence.case_data import LENGTHS, STEPS
from comparisons.equivalence.cases import cases
from comparisons.equivalence.deviation import up_to_ends
from shared.reference import layer as reference_layer
from shared.reference import training as reference_training
from shared.reference.crf import crf_weights
from shared.reference.head import POOLINGS
from shared.reference.losses import (
    binary_cross_entropy,
    cross_entropy,
    loss_of,
    masked_cross_entropy,
)
from shared.reference.model import forward, in_float64, loss_and_gradients
from shared.reference.stack import Stack, layer_weights
from shared.specs import CELLS, ModelSpec, Split, TrainSpec

CASES = [
    case
    for case in cases()
    if case.impl == "scratch" and case.model != "seq2seq"
]
PADDED = [case for case in CASES if case.padded]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_gradients_agree_with_finite_differences(case):
    spec, batch = case.spec(), case.split()
    weights = in_float64(case.weights())
    rng, size = np.random.default_rng(0), 1e-5

    def loss(changed):
        outputs = forward(spec, changed, batch.x, batch.lengths)
        more = crf_weights(spec, changed)
        return loss_of(spec)(outputs, batch.y, *more)[0]

    value, gradients = loss_and_gradients(spec, weights, batch)
    assert value == loss(weights)
    for name, gradient in gradients.items():
        direction = rng.normal(size=gradient.shape)
        ahead, behind = (
            loss(weights | {name: weights[name] + d * direction})
            for d in (size, -size)
        )
        slope = np.sum(gradient * direction)
        scale = np.sqrt(np.sum(gradient**2))
        assert scale > 0.0, name
        assert abs((ahead - behind) / (2 * size) - slope) < 1e-7 * scale, name


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("reverse", [False, True])
def test_a_padded_sequence_has_the_outputs_of_the_sequence_alone(cell, reverse):
    case = Case("forecaster", cell, "values", "scratch", 1, False, True)
    weights = layer_weights(in_float64(case.weights()), "rnn.0.")
    x, _, lengths = case.split()
    outputs, last, _ = reference_layer.layer(cell, weights, x, lengths, reverse)
    for row, end in enumerate(lengths):
        alone = x[row : row + 1, :end]  # (1, length, D)
        steps, final, _ = reference_layer.layer(
            cell, weights, alone, None, reverse
        )
        np.testing.assert_allclose(outputs[row, :end], steps[0], atol=1e-14)
        np.testing.assert_allclose(last[row], final[0], atol=1e-14)
        frozen = np.zeros_like(final[0]) if reverse else outputs[row, end - 1]
        np.testing.assert_array_equal(
            outputs[row, end:],
            np.broadcast_to(frozen, outputs[row, end:].shape),
        )


@pytest.mark.parametrize("case", PADDED, ids=str)
def test_values_in_the_padding_change_nothing(case):
    spec, weights, batch = case.spec(), case.weights(), case.split()
    past = np.arange(STEPS) >= np.array(LENGTHS)[:, None]  # (B, T)
    past = past.reshape(*past.shape, *[1] * (batch.x.ndim - 2))
    other = batch._replace(x=np.where(past, 5, batch.x))
    assert not np.array_equal(other.x, batch.x)
    found, expected = (
        up_to_ends(forward(spec, weights, x, batch.lengths), batch.lengths)
        for x in (other.x, batch.x)
    )
    np.testing.assert_array_equal(found, expected)
    loss, gradients = loss_and_gradients(spec, weights, batch)
    other_loss, other_gradients = loss_and_gradients(spec, weights, other)
    assert other_loss == loss
    for name, gradient in gradients.items():
        np.testing.assert_array_equal(other_gradients[name], gradient)


def test_padding_gets_no_gradient():
    (case, *_) = (c for c in PADDED if c.input == "embedding")
    _, gradients = loss_and_gradients(case.spec(), case.weights(), case.split())
    table = gradients["embedding.table"]  # (V, E)
    assert not table[0].any()
    assert table[1:].any()


def test_training_lowers_the_loss_and_leaves_the_initial_weights():
    (*_, case) = (c for c in PADDED if c.model == "classifier")
    weights, split = in_float64(case.weights()), case.split(batches=3)
    before = {name: w.copy() for name, w in weights.items()}
    training = TrainSpec(epochs=40, batch_size=6, learning_rate=0.02)
    losses, after = reference_training.train(
        case.spec(), weights, split, training
    )
    assert len(losses) == 120
    assert np.mean(losses[-3:]) < 0.8 * np.mean(losses[:3])
    for name, w in before.items():
        np.testing.assert_array_equal(weights[name], w)
        assert not np.array_equal(after[name], w)


def test_losses_of_known_outputs():
    case = CASES[0]
    weights = {n: np.zeros(w.shape) for n, w in case.weights().items()}
    batch = case.split()
    loss, _ = loss_and_gradients(case.spec(), weights, batch)
    assert loss == pytest.approx(np.mean(np.float64(batch.y) ** 2))
    spec = dataclasses.replace(case.spec(), model="classifier")
    classes = Split(batch.x, np.zeros(6, np.int32), None)
    loss, _ = loss_and_gradients(spec, weights, classes)
    assert loss == pytest.approx(np.log(4))


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("logit", [-800.0, -1.5, 0.0, 0.25, 800.0])
def test_binary_cross_entropy_is_that_of_two_classes(logit, smoothing):
    targets = np.array([0, 1], np.int32)
    one = np.full((2, 1), logit)
    loss, gradient = binary_cross_entropy(one, targets, smoothing)
    two = np.concatenate([np.zeros((2, 1)), one], axis=1)
    expected, both = cross_entropy(two, targets, smoothing)
    assert loss == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(gradient, both[:, 1:], atol=1e-15)


def test_a_tag_counts_once_however_long_its_sentence_is():
    outputs = np.random.default_rng(0).normal(size=(2, 3, 4))
    targets = np.array([[1, -1, -1], [0, 2, 3]], np.int32)
    loss, gradient = masked_cross_entropy(outputs, targets)
    flat = outputs.reshape(-1, 4)[[0, 3, 4, 5]]
    expected, steps = cross_entropy(flat, np.array([1, 0, 2, 3]))
    assert loss == pytest.approx(expected, rel=1e-14)
    np.testing.assert_allclose(gradient.reshape(-1, 4)[[0, 3, 4, 5]], steps)
    assert not gradient[0, 1:].any()


def test_pools_of_known_steps():
    outputs = np.array([[[1.0, 5.0], [3.0, 5.0], [9.0, 9.0]]])  # (1, 3, 2)
    inside = np.array([[[True], [True], [False]]])
    last = np.array([[7.0, 8.0]])
    stack = Stack(ModelSpec(), "", outputs, outputs, last, inside, {})
    expected = {"last": [7, 8], "mean": [2, 5], "max": [3, 5]}
    expected["mean+max"] = [2, 5, 3, 5]
    for name, (read, _) in POOLINGS.items():
        assert read(stack).tolist() == [expected[name]], name
    # Equal greatest values share the gradient.
    d_outputs, _ = POOLINGS["max"][1](stack, np.array([[1.0, 1.0]]))
    assert d_outputs[0].tolist() == [[0.0, 0.5], [1.0, 0.5], [0.0, 0.0]]
