"""What a checkpoint holds besides the weights, and how it is written."""

from pathlib import Path

import numpy as np
import pytest
from factories.specs import run_spec

from comparisons.equivalence.case import Case
from shared.weights.checkpoints import (
    Checkpoint,
    read_checkpoint,
    save_checkpoint,
)

CASE = Case("classifier", "gru", "embedding", "native", 2, True, True)
RESULT = {"metric": "accuracy", "validation": 0.5, "epoch": 3, "seed": 7}
SAVED = Checkpoint(
    run_spec("names", "jax", "gru", seed=7),
    CASE.spec(),
    CASE.weights(),
    {"classes": ["a", "b"]},
    RESULT,
    {"a.txt": "ff00"},
)


def test_the_header_holds_what_the_weights_are_of(tmp_path):
    path = tmp_path / "a.safetensors"
    save_checkpoint(path, SAVED)
    header, model, weights = read_checkpoint(path)
    assert header["result"] == RESULT
    assert header["data_hashes"] == {"a.txt": "ff00"}
    assert header["metadata"] == {"classes": ["a", "b"]}
    assert header["run"]["seed"] == 7
    assert model == SAVED.model
    assert list(weights) == list(SAVED.weights)


def test_an_interrupted_write_leaves_the_file_of_before(tmp_path, monkeypatch):
    path = tmp_path / "a.safetensors"
    save_checkpoint(path, SAVED)
    before = path.read_bytes()

    def interrupted(self, data):
        with self.open("wb") as file:
            file.write(data[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    weights = {name: w + np.float32(1) for name, w in SAVED.weights.items()}
    with pytest.raises(OSError, match="No space"):
        save_checkpoint(path, SAVED._replace(weights=weights))
    assert path.read_bytes() == before
