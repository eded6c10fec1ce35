"""Chunks of prediction: of one size, cut to two lengths."""

from __future__ import annotations

import numpy as np
import pytest
from factories.ragged import ragged

from shared.batching.chunks import (
    PREDICTION_CHUNK,
    SCORING_CHUNK,
    predict_in_chunks,
    score_in_chunks,
)


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
    assert outputs.dtype == x.dtype
    assert len(sizes) == 1


@pytest.mark.parametrize("count", [1, 255, 1500])
@pytest.mark.parametrize("each_step", [False, True])
def test_chunks_have_two_lengths_and_no_example_is_cut(count, each_step):
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


@pytest.mark.parametrize("count", [1, SCORING_CHUNK, 2 * SCORING_CHUNK + 9])
def test_each_example_is_scored_with_its_own_target_and_length(count):
    lengths = np.arange(count, dtype=np.int32)
    x = np.repeat(lengths[:, None], 3, axis=1)

    def forward(x, y, ends):
        assert (ends == x[:, 0]).all()
        assert (y == x + 0.5).all()
        return np.stack([y, -y], axis=-1)

    scores = score_in_chunks(forward, x, x + 0.5, lengths)
    assert (scores[..., 0] == x + 0.5).all()
    assert (scores[..., 1] == -(x + 0.5)).all()


def test_examples_of_one_length_keep_their_order():
    count, lengths = 300, np.tile(np.array([6, 5], np.int32), 150)
    x, taken = np.arange(count)[:, None].repeat(20, axis=1), []

    def forward(rows, ends):
        taken.append((rows[:, 0].tolist(), rows.shape[1]))
        return rows[:, :1]

    predict_in_chunks(forward, x, lengths)
    order = [*range(1, 300, 2), *range(0, 300, 2)]
    assert taken == [
        (order[:PREDICTION_CHUNK], 20),
        ((order + order)[PREDICTION_CHUNK : 2 * PREDICTION_CHUNK], 20),
    ]
    taken.clear()
    predict_in_chunks(forward, x[1::2], lengths[1::2])
    assert taken == [(list(range(1, 300, 2)), 5)]


@pytest.mark.parametrize(("count", "calls"), [(1, 1), (64, 1), (65, 2)])
def test_scoring_takes_as_few_chunks_as_there_can_be(count, calls):
    sizes = []

    def forward(x, y, ends):
        sizes.append(len(x))
        return np.zeros((*y.shape, 2))

    x = np.zeros((count, 3), np.int32)
    score_in_chunks(forward, x, x, x[:, 0])
    assert sizes == [min(count, 64)] * calls
