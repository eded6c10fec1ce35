"""A trained model in one file gives the same predictions everywhere."""

import json
from dataclasses import asdict, replace
from types import SimpleNamespace

import numpy as np
import pytest
from factories import pairs
from factories.processes import TINY, assert_refused, compare, records
from factories.specs import run_spec
from safetensors import safe_open
from safetensors.numpy import save

from comparisons.equivalence.case import Case
from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker import checkpointing
from comparisons.worker.checkpointing import keep
from shared.exhibits.names import framework_name, score_text
from shared.weights import checkpoints
from shared.weights.checkpoints import (
    Checkpoint,
    CheckpointError,
    save_checkpoint,
)

CASE = Case("classifier", "gru", "embedding", "native", 2, True, True)
RUN = run_spec("names", "jax", "gru", seed=3, model={"hidden_size": 5})


@pytest.fixture
def saved():
    return Checkpoint(RUN, CASE.spec(), CASE.weights())


def test_a_checkpoint_round_trips(tmp_path, saved):
    path = tmp_path / "new" / "a.safetensors"
    save_checkpoint(path, saved)
    found = load_checkpoint(path)
    assert (found.run, found.model) == (saved.run, saved.model)
    assert list(found.weights) == list(saved.weights)
    for name, weight in saved.weights.items():
        np.testing.assert_array_equal(found.weights[name], weight)
        assert found.weights[name].dtype == weight.dtype
    assert [p.name for p in path.parent.iterdir()] == ["a.safetensors"]


def test_a_run_stored_as_overrides_is_completed(tmp_path, saved, monkeypatch):
    changes = {"model": {"hidden_size": 5}, "train": {}, "data": {}}
    older = {**asdict(RUN), **changes}
    monkeypatch.setattr(checkpoints, "asdict", lambda spec: dict(vars(spec)))
    path = tmp_path / "a.safetensors"
    save_checkpoint(path, saved._replace(run=SimpleNamespace(**older)))
    found = load_checkpoint(path).run
    assert (found.train, found.data) == (RUN.train, RUN.data)
    assert found.model == replace(saved.model, hidden_size=5)


def test_a_transposed_weight_is_not_scrambled(tmp_path, saved):
    name = "rnn.0.w_ih"
    weight = saved.weights[name]
    transposed = np.asfortranarray(weight)
    assert not transposed.flags.c_contiguous
    path = tmp_path / "a.safetensors"
    save_checkpoint(
        path, saved._replace(weights={**saved.weights, name: transposed})
    )
    np.testing.assert_array_equal(load_checkpoint(path).weights[name], weight)


def test_an_incomplete_checkpoint_is_refused(tmp_path, saved):
    path = tmp_path / "a.safetensors"
    with pytest.raises(CheckpointError, match=r"a\.safetensors"):
        load_checkpoint(path)
    save_checkpoint(path, saved)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CheckpointError, match=r"a\.safetensors"):
        load_checkpoint(path)
    weights = dict(saved.weights)
    del weights["head.bias"]
    save_checkpoint(path, saved._replace(weights=weights))
    with pytest.raises(CheckpointError, match=r"head\.bias is missing"):
        load_checkpoint(path)
    weights["head.bias"] = np.zeros(99, np.float32)
    save_checkpoint(path, saved._replace(weights=weights))
    with pytest.raises(CheckpointError, match=r"head\.bias is \(99,\)"):
        load_checkpoint(path)


def test_another_schema_is_refused_by_its_number(tmp_path, saved, monkeypatch):
    path = tmp_path / "a.safetensors"
    monkeypatch.setattr("shared.weights.checkpoints.SCHEMA", "7")
    save_checkpoint(path, saved)
    monkeypatch.undo()
    with pytest.raises(CheckpointError, match="schema 7"):
        load_checkpoint(path)


def test_a_full_disk_loses_only_the_weights(tmp_path, saved, monkeypatch):
    def full(path, what):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpointing, "save_checkpoint", full)
    found = keep(tmp_path / "a.safetensors", saved)
    assert found["checkpoint"] is None
    assert "No space left" in found["checkpoint_error"]


TRAINED = (
    ("keras", "rnn", "matched", "jax"),
    ("pytorch", "lstm", "native", "keras"),
    ("jax", "gru", "native", "pytorch"),
)
"""Each framework trains one cell and scores that of another framework; native
ones have their own biases."""


@pytest.mark.parametrize(("framework", "cell", "init", "other"), TRAINED)
def test_every_framework_has_the_score_of_the_trained_one(
    tmp_path, framework, cell, init, other
):
    """Trained in one framework, scored in another and by the reference."""
    done = compare(
        *(*TINY, "--frameworks", framework, "--cells", cell),
        *("--init", init, "--seeds", "1", "--out", tmp_path),
    )
    assert done.code == 0, done
    (run,) = records(tmp_path)
    assert run["checks"]["checkpoint_saved"]
    path = tmp_path / "checkpoints" / run["checkpoint"]
    scored = compare("score", path, "--frameworks", other)
    assert scored.code == 0, scored
    rmse = score_text("rmse", run["scores"]["rmse"])
    assert scored.out.count(rmse) == 1, scored
    assert f"trained with {framework_name(framework)}" in scored.out


def test_checkpoints_off_saves_nothing(tmp_path):
    arguments = (*TINY, "--cells", "rnn", "--frameworks", "pytorch")
    done = compare(
        *arguments, "--checkpoints", "off", "--out", tmp_path / "off"
    )
    assert done.code == 0, done
    for name in ("checkpoints", "best"):
        assert not (tmp_path / "off" / name).exists()
    assert records(tmp_path / "off")[0]["checkpoint"] is None
    assert_refused(compare("score", tmp_path / "absent"), "absent")


def test_old_keys_of_a_header_are_read(tmp_path):
    path, saved = tmp_path / "a.safetensors", pairs.saved()
    save_checkpoint(path, saved)
    with safe_open(path, framework="numpy") as file:
        header = file.metadata()
        weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    kept = header.pop("metadata").replace('"tokens"', '"symbols"')
    assert "tokens" not in kept
    path.write_bytes(save(weights, header | {"kept": kept}))
    assert load_checkpoint(path).metadata == saved.metadata


def test_the_header_is_plain_json(tmp_path, saved):
    path = tmp_path / "a.safetensors"
    save_checkpoint(path, saved)
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])["__metadata__"]
    assert json.loads(header["model"])["cell"] == "gru"
    assert json.loads(header["run"])["seed"] == 3
