"""Truncated BPTT: each window once, in order, with the state before it."""

import numpy as np
import pytest
from factories.batches import batches_hash
from hypothesis import given
from hypothesis import strategies as st

from shared.batching.batches import epoch_batches, steps_per_epoch
from shared.batching.tbptt import STREAMS, score_streams, stream_indices
from shared.errors import SpecError
from shared.specs import Split, TrainSpec


@given(st.integers(1, 200), st.integers(1, 20))
def test_each_row_holds_consecutive_windows(windows, streams):
    if windows < streams:
        message = (
            f"^batch_size {streams} is more than the {windows} windows of the "
            "training split$"
        )
        with pytest.raises(SpecError, match=message):
            stream_indices(windows, streams)
        return
    order = stream_indices(windows, streams)
    assert order.shape == (windows // streams, streams)
    assert len(np.unique(order)) == order.size
    assert order.min() == 0
    assert order.max() == order.size - 1 < windows
    assert (np.diff(order, axis=0) == 1).all()


def test_stateful_batches_have_the_same_rows_in_every_epoch():
    x = np.arange(24, dtype=np.int32).reshape(12, 2)
    split = Split(x, x + 1, None)
    spec = TrainSpec(batch_size=3, stateful=True, epochs=2)
    for epoch in range(2):
        batches = list(epoch_batches(split, spec, epoch))
        assert len(batches) == steps_per_epoch(split, spec) == 4
        firsts = [batch.x[:, 0].tolist() for batch in batches]
        assert firsts == [[0, 8, 16], [2, 10, 18], [4, 12, 20], [6, 14, 22]]
        assert all((b.y == b.x + 1).all() for b in batches)
    shuffled = TrainSpec(batch_size=3, epochs=2)
    hashes = [batches_hash(split, s, 2) for s in (spec, shuffled)]
    assert hashes[0] != hashes[1]


@given(st.integers(1, 70), st.integers(1, 4))
def test_each_window_is_scored_once_and_in_order(windows, steps):
    """A forward pass that adds the last token of the window before."""
    x = np.arange(windows * steps, dtype=np.int32).reshape(windows, steps)

    def forward(x, y, state):
        assert (y == x + 1).all()
        return x + 0.5 * state[:, None], x[:, -1]

    found = score_streams(forward, lambda b: np.full(b, -1), x, x + 1)
    length = -(-windows // min(STREAMS, windows))
    before = x[:, 0] - 1
    before[::length] = -1
    assert (found == x + 0.5 * before[:, None]).all()
