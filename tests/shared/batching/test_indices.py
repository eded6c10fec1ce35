"""Indices in few bytes reach a model as int32."""

from __future__ import annotations

import numpy as np

from shared.batching.batches import EpochBatches
from shared.batching.chunks import predict_in_chunks
from shared.batching.indices import as_indices
from shared.batching.tbptt import score_streams
from shared.specs import Split, TrainSpec
from shared.tasks.language_modeling.data import windows


def test_models_take_indices_as_int32():
    tokens = np.arange(41, dtype=np.int8)
    split = windows(tokens, 4, padded=False)
    spec = TrainSpec(batch_size=2, stateful=True)
    batch = EpochBatches(split, spec, 0)[1]
    assert batch.x.dtype == batch.y.dtype == np.int32
    assert batch.x.tolist() == [[4, 5, 6, 7], [24, 25, 26, 27]]
    taken = []

    def forward(x, y, state):
        taken.extend([x.dtype, y.dtype])
        return np.zeros(x.shape), state

    score_streams(forward, lambda streams: None, split.x, split.y)
    predict_in_chunks(lambda x, ends: forward(x, x, None)[0], split.x, None)
    assert set(taken) == {np.dtype(np.int32)}
    keys = Split(
        np.zeros((2, 3, 4), np.float32), np.ones((2, 3, 4), "i1"), None
    )
    assert all(as_indices(array) is array for array in keys[:2])
