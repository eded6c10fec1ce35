"""Batch order, buckets and chunks."""

from __future__ import annotations

import numpy as np
import pytest

from shared.batches import (
    batch_indices,
    batches_hash,
    bucket,
    epoch_batches,
    predict_in_chunks,
    steps_per_epoch,
)
from shared.errors import SpecError
from shared.specs import Split, TrainSpec


def ragged(count: int = 1000, longest: int = 20) -> Split:
    rng = np.random.default_rng(0)
    lengths = rng.integers(1, longest + 1, count).astype(np.int32)
    lengths[0] = longest
    x = np.zeros((count, longest), np.int32)
    for row, length in enumerate(lengths):
        x[row, :length] = rng.integers(1, 9, length)
    return Split(x, np.arange(count, dtype=np.int32), lengths)


@pytest.mark.parametrize("with_lengths", [False, True])
def test_each_example_stands_at_most_once_in_an_epoch(with_lengths):
    lengths = ragged().lengths if with_lengths else None
    order = batch_indices(1000, 64, 0, 0, lengths)
    assert order.shape == (15, 64)
    assert len(np.unique(order)) == order.size
    assert order.min() >= 0
    assert order.max() < 1000


@pytest.mark.parametrize("with_lengths", [False, True])
def test_order_depends_on_seed_and_epoch_alone(with_lengths):
    lengths = ragged().lengths if with_lengths else None

    def order(epoch, seed):
        return batch_indices(1000, 64, epoch, seed, lengths)

    assert (order(1, 2) == order(1, 2)).all()
    assert (order(1, 2) != order(2, 2)).any()
    assert (order(1, 2) != order(1, 3)).any()
    assert (order(1, 2) != order(2, 1)).any()


def test_left_out_examples_change_from_epoch_to_epoch():
    orders = [batch_indices(100, 64, epoch, 0) for epoch in range(20)]
    assert len(np.unique(orders)) == 100


def test_batches_hold_examples_of_like_length():
    lengths = ragged().lengths
    gathered = lengths[batch_indices(1000, 50, 0, 0, lengths)]
    mixed = lengths[batch_indices(1000, 50, 0, 0)]
    assert np.ptp(gathered, axis=1).mean() < 0.2 * np.ptp(mixed, axis=1).mean()
    # Batches are shuffled: the short ones do not all come first.
    means = gathered.mean(axis=1)
    assert (np.diff(means) < 0).any()
    assert (np.diff(means) > 0).any()


def test_a_batch_size_beyond_the_split_is_named():
    with pytest.raises(SpecError, match=r"batch_size 64 .* 63 examples"):
        batch_indices(63, 64, 0, 0)


@pytest.mark.parametrize("longest", [1, 3, 4, 19, 20])
def test_buckets_are_few_and_long_enough(longest):
    found = [bucket(length, longest) for length in range(1, longest + 1)]
    assert all(b >= n for n, b in enumerate(found, 1))
    assert len(set(found)) <= 4
    assert found[-1] == longest


def test_epoch_batches_cut_only_padding():
    split = ragged()
    spec = TrainSpec(batch_size=64)
    batches = list(epoch_batches(split, spec, 0))
    assert len(batches) == steps_per_epoch(split, spec) == 15
    assert min(batch.x.shape[1] for batch in batches) < 20
    for x, rows, lengths in batches:
        assert (lengths == split.lengths[rows]).all()
        assert (x == split.x[rows, : x.shape[1]]).all()
        assert not split.x[rows, x.shape[1] :].any()


def test_the_hash_follows_the_order():
    split = ragged()
    spec = TrainSpec(batch_size=64, seed=1)
    found = batches_hash(split, spec, 2)
    assert found == batches_hash(split, spec, 2)
    assert found != batches_hash(split, spec, 3)
    assert found != batches_hash(split, TrainSpec(batch_size=64, seed=2), 2)
    unsorted = split._replace(lengths=None)
    assert found != batches_hash(unsorted, spec, 2)


@pytest.mark.parametrize("count", [1, 255, 256, 257, 600])
@pytest.mark.parametrize("with_lengths", [False, True])
def test_chunks_of_one_size_join_back(count, with_lengths):
    x = np.arange(count, dtype=np.float32)[:, None, None]
    lengths = np.arange(count, dtype=np.int32) if with_lengths else None
    sizes = set()

    def forward(rows, chunk):
        sizes.add(len(rows))
        assert (chunk is not None) == with_lengths
        assert chunk is None or (chunk == rows[:, 0, 0]).all()
        return 2 * rows[:, 0]

    outputs = predict_in_chunks(forward, x, lengths)
    assert (outputs == 2 * x[:, 0]).all()
    assert len(sizes) == 1
