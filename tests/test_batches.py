"""Batch order, buckets and chunks."""

from __future__ import annotations

import sys
from itertools import combinations

import numpy as np
import pytest
from helpers import run
from hypothesis import given
from hypothesis import strategies as st

from shared.batches import (
    BUCKETS,
    batch_indices,
    batches_hash,
    bucket_ends,
    epoch_batches,
    padding_share,
    predict_in_chunks,
    steps_per_epoch,
)
from shared.errors import SpecError
from shared.specs import Split, TrainSpec
from shared.task import get_task
from shared.tasks.sentiment import SentimentData

LENGTHS = st.lists(st.integers(1, 15), min_size=1, max_size=40).map(
    lambda found: np.array(found, dtype=np.int32)
)


def marked(lengths: np.ndarray) -> Split:
    """Examples whose first index, and whose target, tells their row."""
    x = np.zeros((len(lengths), lengths.max()), np.int32)
    for row, length in enumerate(lengths):
        x[row, :length] = row + 1
    return Split(x, np.arange(len(lengths), dtype=np.int32), lengths)


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


@given(LENGTHS)
def test_buckets_are_few_and_hold_every_length(lengths):
    ends = bucket_ends(lengths)
    assert len(ends) <= BUCKETS
    assert (np.diff(ends) > 0).all()
    assert ends[-1] == lengths.max()
    assert set(ends) <= set(lengths)


@given(LENGTHS)
def test_no_other_buckets_pad_less(lengths):
    def positions(ends):
        return sum(min(e for e in ends if e >= n) for n in lengths.tolist())

    distinct = sorted(set(lengths.tolist()))
    others = [
        (*some, distinct[-1])
        for some in combinations(distinct, min(BUCKETS, len(distinct)) - 1)
    ]
    assert positions(bucket_ends(lengths)) == min(map(positions, others))


@given(LENGTHS, st.integers(1, 5), st.integers(0, 99), st.integers(0, 99))
def test_an_epoch_loses_and_doubles_no_example(lengths, size, epoch, seed):
    size = min(size, len(lengths))
    split = marked(lengths)
    spec = TrainSpec(batch_size=size, seed=seed)
    batches = list(epoch_batches(split, spec, epoch))
    rows = np.concatenate([batch.y for batch in batches])
    assert len(rows) == len(set(rows)) == len(lengths) // size * size
    for x, y, kept in batches:
        assert (kept == lengths[y]).all()
        assert ((x != 0).sum(axis=1) == kept).all()
        assert (x[:, 0] == y + 1).all()


@given(LENGTHS, st.integers(1, 5))
def test_all_epochs_together_have_few_shapes(lengths, size):
    split = marked(lengths)
    spec = TrainSpec(batch_size=min(size, len(lengths)))
    shapes = {
        batch.x.shape
        for epoch in range(5)
        for batch in epoch_batches(split, spec, epoch)
    }
    assert len(shapes) <= BUCKETS


@given(LENGTHS)
def test_padding_is_what_the_batches_hold_beyond_their_lengths(lengths):
    split, spec = marked(lengths), TrainSpec(batch_size=min(3, len(lengths)))
    batches = list(epoch_batches(split, spec, 1))
    empty = sum(int((batch.x == 0).sum()) for batch in batches)
    total = sum(batch.x.size for batch in batches)
    assert padding_share(split, spec, 1) == pytest.approx(empty / total)
    assert padding_share(split._replace(lengths=None), spec, 1) == 0.0


def test_order_is_the_same_in_another_process():
    split, spec = marked(ragged().lengths), TrainSpec(seed=3)
    program = (
        "import sys, numpy as np\n"
        "from shared.batches import batches_hash, bucket_ends\n"
        "from shared.specs import Split, TrainSpec\n"
        "n = np.array(sys.argv[1].split(), np.int32)\n"
        "split = Split(np.zeros((len(n), n.max()), np.int32), n, n)\n"
        "print(batches_hash(split, TrainSpec(seed=3), 3))\n"
        "print(*bucket_ends(n))\n"
    )
    words = " ".join(map(str, split.lengths))
    done = run([sys.executable, "-c", program, words])
    ends = " ".join(map(str, bucket_ends(split.lengths)))
    assert done.out.split("\n")[:2] == [batches_hash(split, spec, 3), ends], (
        done
    )


def test_real_reviews_hold_little_padding(data_dir):
    train = get_task("sentiment").load(SentimentData(), 0).train
    spec = get_task("sentiment").train
    for epoch in range(3):
        assert padding_share(train, spec, epoch) <= 0.1
    assert bucket_ends(train.lengths)[-1] == train.x.shape[1]


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
    lengths = np.arange(count, dtype=np.int32)[::-1] if with_lengths else None
    sizes = set()

    def forward(rows, chunk):
        sizes.add(len(rows))
        assert (chunk is not None) == with_lengths
        assert chunk is None or (chunk == count - 1 - rows[:, 0, 0]).all()
        return 2 * rows[:, 0]

    outputs = predict_in_chunks(forward, x, lengths)
    assert (outputs == 2 * x[:, 0]).all()
    assert len(sizes) == 1


@pytest.mark.parametrize("count", [1, 255, 1500])
@pytest.mark.parametrize("each_step", [False, True])
def test_chunks_are_cut_to_two_lengths_and_no_example_is(count, each_step):
    split, shapes = ragged(count, longest=20), set()

    def forward(rows, ends):
        assert (ends == np.count_nonzero(rows, axis=1)).all()
        shapes.add(rows.shape)
        summed = rows.sum(axis=1, keepdims=True)  # (B, 1)
        return np.stack([rows, rows], 2) if each_step else summed

    outputs = predict_in_chunks(forward, split.x, split.lengths)
    if each_step:
        assert (outputs == split.x[:, :, None]).all()
    else:
        assert (outputs[:, 0] == split.x.sum(axis=1)).all()
    assert len({size for size, _ in shapes}) == 1
    assert {steps for _, steps in shapes} <= {5, 20}
    assert count < 1500 or len(shapes) == 2
