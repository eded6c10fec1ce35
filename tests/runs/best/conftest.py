"""What the tests of the best checkpoints share."""

from dataclasses import asdict

import pytest
from factories import records as hand_made
from factories.checkpoints import CASE, ROW
from factories.specs import run_spec

from shared.weights.checkpoints import Checkpoint, save_checkpoint


@pytest.fixture
def made(tmp_path):
    """What makes a run's record, and its checkpoint unless disabled."""

    def make(seed, validation, row=ROW, file=True, size=32, **fields):
        framework, cell = row
        spec = run_spec(
            "sine", framework, cell, seed, model={"hidden_size": size}
        )
        name = f"{framework}-{cell}-{seed}-{size}.safetensors"
        found = hand_made.run(
            *(framework, cell, seed),
            key=name,
            spec=asdict(spec),
            checkpoint=name if file else None,
            **fields,
        )
        found["epochs"][-1]["validation"] = validation
        result = {"metric": "rmse", "validation": validation, "seed": seed}
        if file:
            trained = Checkpoint(
                spec, CASE.spec(), CASE.weights(), None, result
            )
            save_checkpoint(tmp_path / "checkpoints" / name, trained)
        return found

    return make
