"""The few lengths to which batches are padded."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from factories.ragged import marked
from hypothesis import given
from hypothesis import strategies as st

from shared.batching.batches import epoch_batches, padding_share
from shared.batching.buckets import bucket_ends, has_steps, steps_needed
from shared.specs import Split, TrainSpec
from shared.specs.ctc import label_targets
from shared.tasks import get_task
from shared.tasks.classification.text_data import SentimentData

BUCKETS = st.integers(1, 6)
LENGTHS = st.lists(st.integers(1, 15), min_size=1, max_size=40).map(
    lambda found: np.array(found, dtype=np.int32)
)


@given(LENGTHS, BUCKETS)
def test_buckets_are_few_and_hold_every_length(lengths, buckets):
    ends = bucket_ends(lengths, buckets)
    assert len(ends) <= buckets
    assert (np.diff(ends) > 0).all()
    assert ends[-1] == lengths.max()
    assert set(ends) <= set(lengths)


@given(LENGTHS, BUCKETS)
def test_no_other_buckets_pad_less(lengths, buckets):
    def positions(ends):
        return sum(min(e for e in ends if e >= n) for n in lengths.tolist())

    distinct = sorted(set(lengths.tolist()))
    others = [
        (*some, distinct[-1])
        for some in combinations(distinct, min(buckets, len(distinct)) - 1)
    ]
    found = positions(bucket_ends(lengths, buckets))
    assert found == min(map(positions, others))


@given(LENGTHS, st.integers(1, 5), st.integers(0, 99), st.integers(0, 99))
def test_an_epoch_neither_drops_nor_repeats_an_example(
    lengths, size, epoch, seed
):
    size = min(size, len(lengths))
    split = marked(lengths)
    spec = TrainSpec(batch_size=size, seed=seed)
    batches = list(epoch_batches(split, spec, epoch))
    rows = np.concatenate([batch.y for batch in batches])
    assert len(rows) == len(set(rows)) == len(lengths) // size * size
    for x, y, found, _ in batches:
        assert (found == lengths[y]).all()
        assert ((x != 0).sum(axis=1) == found).all()
        assert (x[:, 0] == y + 1).all()


@given(LENGTHS, st.integers(1, 5), BUCKETS)
def test_all_epochs_together_have_few_shapes(lengths, size, buckets):
    split = marked(lengths)
    spec = TrainSpec(batch_size=min(size, len(lengths)), num_buckets=buckets)
    shapes = {
        batch.x.shape
        for epoch in range(5)
        for batch in epoch_batches(split, spec, epoch)
    }
    assert len(shapes) <= buckets


@given(LENGTHS)
def test_padding_is_what_the_batches_hold_beyond_their_lengths(lengths):
    split, spec = marked(lengths), TrainSpec(batch_size=min(3, len(lengths)))
    batches = list(epoch_batches(split, spec, 1))
    empty = sum(int((batch.x == 0).sum()) for batch in batches)
    total = sum(batch.x.size for batch in batches)
    assert padding_share(split, spec, 1) == pytest.approx(empty / total)
    assert padding_share(split._replace(lengths=None), spec, 1) == 0.0


def test_batches_of_real_reviews_have_little_padding(data_dir):
    train = get_task("sentiment").load(SentimentData(), 0).train
    spec = get_task("sentiment").train
    for epoch in range(3):
        assert padding_share(train, spec, epoch) <= 0.1
    assert bucket_ends(train.lengths, spec.num_buckets)[-1] == train.x.shape[1]


def test_labels_of_a_sequence_are_not_cut_to_its_steps():
    lengths = np.array([3, 3, 2, 2], np.int32)
    labels = [np.array([1, 2]), np.array([1]), np.array([2, 1]), np.array([])]
    y = label_targets(labels, lengths)  # (4, 1 + 2)
    split = Split(np.zeros((4, 3, 1), np.float32), y, lengths)
    assert not has_steps(y)
    assert steps_needed(split).tolist() == lengths.tolist()
    spec = TrainSpec(batch_size=2, num_buckets=2)
    batches = list(epoch_batches(split, spec, 0))
    assert {batch.x.shape[1] for batch in batches} == {2, 3}
    for batch in batches:
        assert batch.y.shape == (2, 3)
        assert batch.y[:, 0].tolist() == batch.lengths.tolist()
