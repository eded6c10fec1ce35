"""What a framework compiles for: the shapes that a run brings it."""

import numpy as np
import pytest
from factories.specs import run_spec

from shared.batching.batches import epoch_batches
from shared.batching.chunks import predict_in_chunks
from shared.tasks import get_task

MOST = 8
TASKS = {
    "names": {},
    "sentiment": {"dataset": "sst2"},
    "tagging": {},
}


@pytest.mark.parametrize("name", TASKS)
def test_a_run_has_few_shapes_for_any_number_of_examples(data_dir, name):
    run = run_spec(name, "jax", "gru", data=TASKS[name])
    dataset = get_task(name).load(run.data, 0)
    shapes = set()

    def forward(x, lengths):
        shapes.add(("predict", x.shape))
        return np.zeros((len(x), 1), np.float32)

    for epoch in range(2):
        for batch in epoch_batches(dataset.train, run.train, epoch):
            shapes.add(("train", batch.x.shape, batch.y.shape))
    for x, _, lengths in (dataset.validation, dataset.test):
        predict_in_chunks(forward, x, lengths)
        predict_in_chunks(forward, x[:1], lengths[:1])
    assert len(dataset.train.x) > 5000
    assert 4 < len(shapes) <= MOST
