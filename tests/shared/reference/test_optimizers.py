"""Optimizers, clipping, and schedules of the reference."""

import dataclasses

import numpy as np
import pytest

from shared.reference import training as reference_training
from shared.specs import EpsilonPlaces, TrainSpec

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
