"""Teacher forcing: the coins are the same everywhere, and as often as asked."""

from dataclasses import replace

import numpy as np
import pytest

from shared.batching.batches import (
    epoch_batches,
    epoch_coins,
    padding_share,
    steps_needed,
)
from shared.batching.scheduled_sampling import forced_share
from shared.errors import SpecError
from shared.specs import Split, TrainSpec

TRAIN = TrainSpec(epochs=5, batch_size=8)


def pairs(count=400, longest=9):
    """Sources and targets of any lengths, in no order."""
    rng = np.random.default_rng(0)
    ends, written = (rng.integers(1, longest + 1, count) for _ in range(2))
    steps = np.arange(longest)
    x = rng.integers(1, 7, (count, longest, 2), dtype=np.int32)
    x[..., 0] *= steps < ends[:, None]
    y = rng.integers(0, 7, (count, longest), dtype=np.int32)
    y[steps >= written[:, None]] = -1
    return Split(x, y, ends.astype(np.int32))


def coins(training, epoch):
    return [
        batch.x[..., 2] for batch in epoch_batches(pairs(), training, epoch)
    ]


@pytest.mark.parametrize(
    ("forcing", "shares"),
    [
        ("1.0", [1.0] * 5),
        ("0.25", [0.25] * 5),
        ("linear", [1.0, 0.75, 0.5, 0.25, 0.0]),
    ],
)
def test_the_share_that_is_forced(forcing, shares):
    training = replace(TRAIN, teacher_forcing=forcing)
    assert [forced_share(training, n) for n in range(5)] == shares


def test_no_coin_is_thrown_where_all_is_forced():
    for batch in epoch_batches(pairs(), TRAIN, 0):
        assert batch.x.shape[2] == 2


def test_as_many_steps_are_the_models_own_as_asked():
    training = replace(TRAIN, teacher_forcing="0.25")
    thrown = coins(training, 0)
    assert all(not batch[:, 0].any() for batch in thrown)
    later = np.concatenate([batch[:, 1:].ravel() for batch in thrown])
    # Four standard deviations of a mean of so many coins.
    assert abs(later.mean() - 0.75) < 4 * (0.75 * 0.25 / later.size) ** 0.5


def test_coins_repeat_by_seed_and_differ_by_epoch():
    training = replace(TRAIN, teacher_forcing="0.5")
    first, again, later = (coins(training, n) for n in (0, 0, 1))
    assert all(map(np.array_equal, first, again))
    assert not all(map(np.array_equal, first, later))
    other = coins(replace(training, seed=1), 0)
    assert not all(map(np.array_equal, first, other))


def test_an_epoch_throws_the_coins_of_its_batches():
    split, training = pairs(), replace(TRAIN, teacher_forcing="0.5")
    uncut = epoch_coins(split, training, 1)
    batches = list(epoch_batches(split, training, 1))
    assert len(uncut) == len(batches)
    for coins, (x, _, _) in zip(uncut, batches, strict=True):
        assert (coins[:, : x.shape[1]] == x[..., 2]).all()
        assert not coins[:, x.shape[1] :].any()
    assert epoch_coins(split, TRAIN, 1) is None


def test_a_batch_is_as_wide_as_its_longest_source_or_target():
    split = pairs()
    needed = steps_needed(split)
    assert (needed >= split.lengths).all()
    for x, y, lengths in epoch_batches(split, TRAIN, 0):
        assert x.shape[1] == y.shape[1]
        assert x.shape[1] >= lengths.max()
    targets = sum((b.y >= 0).sum() for b in epoch_batches(split, TRAIN, 0))
    assert targets == (split.y >= 0).sum()  # none is cut off
    assert 0.0 < padding_share(split, TRAIN, 0) < 0.3


@pytest.mark.parametrize("text", ["1.5", "-0.1", "often", "nan", ""])
def test_a_share_that_is_none_is_refused(text):
    with pytest.raises(SpecError, match="teacher_forcing must be 0 to 1"):
        TrainSpec(teacher_forcing=text)
