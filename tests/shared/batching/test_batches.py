"""Batch order, its hash, and what a batch is cut to."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from factories.batches import batches_hash
from factories.processes import run
from factories.ragged import marked, ragged

from shared.batching.batches import (
    EpochBatches,
    batch_indices,
    batch_monitor,
    bucket_ends,
    epoch_batches,
    epoch_order,
    rows_monitor,
    steps_per_epoch,
)
from shared.errors import SpecError
from shared.specs import Split, TrainSpec


@pytest.mark.parametrize("with_lengths", [False, True])
def test_each_example_is_at_most_once_in_an_epoch(with_lengths):
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


def test_batches_have_examples_of_similar_length():
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


def test_order_is_the_same_in_another_process():
    split, spec = marked(ragged().lengths), TrainSpec(seed=3)
    program = (
        "import sys, numpy as np\n"
        "sys.path.append('tests')\n"
        "from factories.batches import batches_hash\n"
        "from shared.batching.buckets import bucket_ends\n"
        "from shared.specs import Split, TrainSpec\n"
        "n = np.array(sys.argv[1].split(), np.int32)\n"
        "split = Split(np.zeros((len(n), n.max()), np.int32), n, n)\n"
        "print(batches_hash(split, TrainSpec(seed=3), 3))\n"
        "print(*bucket_ends(n, 5))\n"
    )
    words = " ".join(map(str, split.lengths))
    done = run([sys.executable, "-c", program, words])
    ends = " ".join(map(str, bucket_ends(split.lengths, 5)))
    assert done.out.split("\n")[:2] == [batches_hash(split, spec, 3), ends], (
        done
    )


def test_epoch_batches_cut_only_padding():
    split = ragged()
    spec = TrainSpec(batch_size=64)
    batches = list(epoch_batches(split, spec, 0))
    assert len(batches) == steps_per_epoch(split, spec) == 15
    assert min(batch.x.shape[1] for batch in batches) < 20
    for x, rows, lengths, _ in batches:
        assert (lengths == split.lengths[rows]).all()
        assert (x == split.x[rows, : x.shape[1]]).all()
        assert not split.x[rows, x.shape[1] :].any()


def test_targets_longer_than_their_input_are_not_cut():
    y = np.arange(20.0).reshape(4, 5)  # a horizon of 5 after 3 values
    split = Split(np.zeros((4, 3, 1)), y, None)
    (batch,) = epoch_batches(split, TrainSpec(batch_size=4), 0)
    assert sorted(batch.y.tolist()) == y.tolist()


def test_the_hash_follows_the_order():
    split = ragged()
    spec = TrainSpec(batch_size=64, seed=1)
    found = batches_hash(split, spec, 2)
    assert found == batches_hash(split, spec, 2)
    assert found != batches_hash(split, spec, 3)
    assert found != batches_hash(split, TrainSpec(batch_size=64, seed=2), 2)
    unsorted = split._replace(lengths=None)
    assert found != batches_hash(unsorted, spec, 2)


def test_monitors_get_the_rows_and_the_number_of_each_batch():
    split, spec = marked(np.full(6, 2)), TrainSpec(batch_size=3)
    rows, numbers = [], []
    given = rows_monitor.set(rows.append)
    counted = batch_monitor.set(lambda *which: numbers.append(which))
    try:
        batches = list(epoch_batches(split, spec, 4))
        order = epoch_order(split, spec, 4)
    finally:
        rows_monitor.reset(given)
        batch_monitor.reset(counted)
    expected = EpochBatches(split, spec, 4).order
    assert [batch.y.tolist() for batch in batches] == expected.tolist()
    assert [r.tolist() for r in rows] == [*expected.tolist(), expected.tolist()]
    assert order.tolist() == expected.tolist()
    assert numbers == [(4, 0), (4, 1)]
