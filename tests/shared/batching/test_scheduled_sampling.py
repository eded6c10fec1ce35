"""Scheduled sampling: the masks repeat, and keep to their probability."""

from dataclasses import replace

import numpy as np
import pytest

from shared.batching.batches import (
    epoch_batches,
    epoch_sample_masks,
    padding_share,
    steps_needed,
)
from shared.batching.scheduled_sampling import (
    draw_sample_mask,
    forcing_probability,
)
from shared.errors import SpecError
from shared.fields import current_fields
from shared.specs import Split, TrainSpec

TRAIN = TrainSpec(epochs=5, batch_size=8)


def pairs(count=400, longest=9):
    """Sources and targets of any lengths, in no order."""
    rng = np.random.default_rng(0)
    ends, lengths = (rng.integers(1, longest + 1, count) for _ in range(2))
    steps = np.arange(longest)
    x = rng.integers(1, 7, (count, longest, 2), dtype=np.int32)
    x[..., 0] *= steps < ends[:, None]
    y = rng.integers(0, 7, (count, longest), dtype=np.int32)
    y[steps >= lengths[:, None]] = -1
    return Split(x, y, ends.astype(np.int32))


def masks(training, epoch):
    return [b.sample_mask for b in epoch_batches(pairs(), training, epoch)]


@pytest.mark.parametrize(
    ("forcing", "decay", "probabilities"),
    [
        (1.0, "none", [1.0] * 5),
        (0.25, "none", [0.25] * 5),
        (1.0, "linear", [1.0, 0.75, 0.5, 0.25, 0.0]),
        (0.5, "linear", [0.5, 0.375, 0.25, 0.125, 0.0]),
    ],
)
def test_the_probability_of_teacher_forcing(forcing, decay, probabilities):
    training = replace(
        TRAIN, teacher_forcing=forcing, teacher_forcing_decay=decay
    )
    found = [forcing_probability(training, n) for n in range(5)]
    assert found == probabilities
    two = replace(training, epochs=2)
    assert forcing_probability(two, 1) == probabilities[-1]


def test_full_teacher_forcing_has_no_mask():
    assert masks(TRAIN, 0) == [None] * 50


def test_as_many_steps_are_sampled_as_the_probability_says():
    training = replace(TRAIN, teacher_forcing=0.25)
    found = masks(training, 0)
    assert not any(mask[:, 0].any() for mask in found)
    later = np.concatenate([mask[:, 1:].ravel() for mask in found])
    # Four standard deviations of the mean of so many draws.
    assert abs(later.mean() - 0.75) < 4 * (0.75 * 0.25 / later.size) ** 0.5


def test_masks_repeat_by_seed_and_differ_by_epoch():
    training = replace(TRAIN, teacher_forcing=0.5)
    first, again, later = (masks(training, n) for n in (0, 0, 1))
    assert all(map(np.array_equal, first, again))
    assert not all(map(np.array_equal, first, later))
    other = masks(replace(training, seed=1), 0)
    assert not all(map(np.array_equal, first, other))


def test_each_batch_has_a_mask_of_its_own_in_each_epoch_and_seed():
    training = replace(TRAIN, teacher_forcing=0.5, num_buckets=1)
    found = [
        mask
        for seed in range(2)
        for epoch in range(3)
        for mask in masks(replace(training, seed=seed), epoch)
    ]
    assert {mask.shape for mask in found} == {(8, 9)}
    # Two masks of 64 draws are equal by chance once in 2^64.
    assert len({mask.tobytes() for mask in found}) == len(found)


def test_masks_are_those_of_the_documented_generator():
    """Other draws would make other results of the same seed."""
    training = replace(TRAIN, teacher_forcing=0.5, seed=7)
    drawn = np.random.default_rng([7, 3, 1, 2]).random((4, 5)) >= 0.5
    drawn[:, 0] = False
    assert (draw_sample_mask((4, 5), training, 1, 2) == drawn).all()


def test_a_decay_from_full_teacher_forcing_samples_in_the_end():
    training = replace(TRAIN, teacher_forcing_decay="linear")
    assert not any(mask.any() for mask in masks(training, 0))
    assert all(mask[:, 1:].all() for mask in masks(training, 4))


def test_the_masks_of_an_epoch_are_those_of_its_batches():
    split, training = pairs(), replace(TRAIN, teacher_forcing=0.5)
    uncut = epoch_sample_masks(split, training, 1)
    batches = list(epoch_batches(split, training, 1))
    assert len(uncut) == len(batches)
    assert uncut.dtype == bool
    for mask, batch in zip(uncut, batches, strict=True):
        width = batch.x.shape[1]
        assert (mask[:, :width] == batch.sample_mask).all()
        assert not mask[:, width:].any()
    assert epoch_sample_masks(split, TRAIN, 1) is None


def test_a_batch_is_as_wide_as_its_longest_source_or_target():
    split = pairs()
    needed = steps_needed(split)
    assert (needed >= split.lengths).all()
    for x, y, lengths, _ in epoch_batches(split, TRAIN, 0):
        assert x.shape[1] == y.shape[1]
        assert x.shape[1] >= lengths.max()
    targets = sum((b.y >= 0).sum() for b in epoch_batches(split, TRAIN, 0))
    assert targets == (split.y >= 0).sum()  # none is cut off
    assert 0.0 < padding_share(split, TRAIN, 0) < 0.3


def test_steps_of_targets_that_are_several_numbers():
    """Frames of two notes: a frame counts if it has either."""
    y = np.array([[[1, -1], [-1, 2], [-1, -1]], [[-1, -1]] * 3])
    split = Split(np.zeros((2, 3, 2)), y, np.array([1, 1]))
    assert steps_needed(split).tolist() == [2, 1]


@pytest.mark.parametrize("value", [1.5, -0.1, float("nan")])
def test_an_invalid_probability_is_refused(value):
    with pytest.raises(SpecError, match="teacher_forcing must be"):
        TrainSpec(teacher_forcing=value)


@pytest.mark.parametrize(
    ("fields", "forcing", "decay"),
    [
        ({"teacher_forcing": "1.0"}, 1.0, "none"),
        ({"teacher_forcing": "0.25"}, 0.25, "none"),
        ({"teacher_forcing": "linear"}, 1.0, "linear"),
        ({"teacher_forcing": 0.5}, 0.5, "none"),
        ({"epochs": 2}, 1.0, "none"),
    ],
)
def test_a_record_of_any_version_is_read(fields, forcing, decay):
    training = TrainSpec(**current_fields(fields, ()))
    assert training.teacher_forcing == forcing
    assert training.teacher_forcing_decay == decay
