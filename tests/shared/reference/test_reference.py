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
from shared.reference.head import POOLINGS
from shared.reference.losses import (
    binary_cross_entropy,
    cross_entropy,
    masked_cross_entropy,
)
from shared.reference.model import forward, in_float64, loss_and_gradients
from shared.reference.stack import Stack, layer_weights
from shared.specs import CELLS, EpsilonPlaces, ModelSpec, Split, TrainSpec

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
    _, gradients = loss_and_gradients(spec, weights, batch)
    for name, gradient in gradients.items():
        direction = rng.normal(size=gradient.shape)
        ahead, behind = (
            loss_and_gradients(
                spec, weights | {name: weights[name] + d * direction}, batch
            )[0]
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


HAND_WORKED = [
    (TrainSpec(optimizer="sgd"), [0.95, 0.975]),
    (TrainSpec(optimizer="sgd", momentum=0.5), [0.95, 0.95]),
    (TrainSpec(optimizer="rmsprop"), [0.68377223, 0.83121429]),
    (TrainSpec(optimizer="rmsprop", epsilon=1.0), [0.95682635, 0.97820195]),
    (TrainSpec(optimizer="adam"), [0.9, 0.87336632]),
    (TrainSpec(optimizer="adam", epsilon=1.0), [0.96666667, 0.95912216]),
    (TrainSpec(optimizer="adamw", weight_decay=0.1), [0.89, 0.85446632]),
]


@pytest.mark.parametrize(("spec", "expected"), HAND_WORKED)
def test_optimizers_give_the_numbers_computed_by_hand(spec, expected):
    w, slots, found = np.array(1.0), {}, []
    update = reference_training.UPDATES[spec.optimizer]
    for step, g in enumerate([0.5, -0.25], start=1):
        at = reference_training.Step(step, spec)
        w = w - 0.1 * update(w, np.array(g), slots, at)
        found.append(float(w))
    assert found == pytest.approx(expected, abs=1e-7)


EPSILON_BY_HAND = [
    ("adam", EpsilonPlaces(before_correction=True), 0.5 / (0.5 + 100**0.5)),
    ("adamw", EpsilonPlaces(before_correction=True), 0.5 / (0.5 + 100**0.5)),
    ("rmsprop", EpsilonPlaces(under_root=True), 0.5 / 1.025**0.5),
]


@pytest.mark.parametrize(("optimizer", "places", "expected"), EPSILON_BY_HAND)
def test_a_framework_adds_epsilon_at_a_place_of_its_own(
    optimizer, places, expected
):
    spec = TrainSpec(optimizer=optimizer, epsilon=1.0, beta2=0.99)
    update = reference_training.UPDATES[optimizer]
    w, g = np.array(1.0), np.array(0.5)
    step = reference_training.Step(1, spec, places)
    assert update(w, g, {}, step) == pytest.approx(expected)


def test_a_framework_adds_epsilon_to_the_norm_it_clips_by():
    gradients = {"a": np.array([3.0]), "b": np.array([0.0, 4.0])}
    clipped = reference_training.clip(
        gradients, TrainSpec(clip_norm=1.0), EpsilonPlaces(norm=5.0)
    )
    assert clipped["a"] == pytest.approx([0.3])


def test_the_gradient_is_clipped_by_the_norm_over_all_tensors():
    gradients = {"a": np.array([3.0]), "b": np.array([0.0, 4.0])}
    clipped = reference_training.clip(gradients, TrainSpec(clip_norm=1.0))
    assert clipped["a"] == pytest.approx([0.6])
    assert clipped["b"] == pytest.approx([0.0, 0.8])
    for wide in (TrainSpec(clip_norm=7.0), TrainSpec()):
        same = reference_training.clip(gradients, wide)
        assert all((same[name] == g).all() for name, g in gradients.items())
    clipped = reference_training.clip(gradients, TrainSpec(clip_value=3.5))
    assert clipped["a"] == pytest.approx([3.0])
    assert clipped["b"] == pytest.approx([0.0, 3.5])


def test_the_cosine_goes_from_the_first_rate_towards_zero():
    spec = TrainSpec(epochs=2, learning_rate=2.0, lr_schedule="cosine")
    rates = [reference_training.rate_at(t, 2, spec) for t in range(5)]
    expected = [2.0, 1.0 + 0.5**0.5, 1.0, 1.0 - 0.5**0.5, 0.0]
    assert rates == pytest.approx(expected)
    steady = dataclasses.replace(spec, lr_schedule="constant")
    assert reference_training.rate_at(3, 2, steady) == 2.0


def test_exponential_decay_starts_late_and_acts_each_epoch():
    spec = TrainSpec(
        epochs=5, lr_schedule="exponential", lr_decay=0.5, lr_decay_start=2
    )
    rates = [reference_training.rate_at(t, 3, spec) for t in range(15)]
    steps = np.repeat([1.0, 1.0, 0.5, 0.25, 0.125], 3)
    assert rates == pytest.approx(1e-3 * steps)


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


@pytest.mark.parametrize("logit", [-800.0, -1.5, 0.0, 0.25, 800.0])
def test_binary_cross_entropy_is_that_of_two_classes(logit):
    targets = np.array([0, 1], np.int32)
    one = np.full((2, 1), logit)
    loss, gradient = binary_cross_entropy(one, targets)
    two = np.concatenate([np.zeros((2, 1)), one], axis=1)
    expected, both = cross_entropy(two, targets)
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
