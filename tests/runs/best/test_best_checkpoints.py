"""The best checkpoint of each row has its own folder."""

import shutil

import pytest
from factories.checkpoints import CASE, best, keep, save_best
from factories.specs import run_spec

from comparisons.records.checkpoints import load_checkpoint
from shared.weights import checkpoints
from shared.weights.checkpoints import (
    WEIGHTS,
    Checkpoint,
    CheckpointError,
    save_checkpoint,
    weights_file,
)


def test_the_best_validation_wins_and_the_lowest_seed_a_tie(tmp_path, made):
    other = ("jax", "gru")
    runs = [
        made(2, 0.2),
        made(1, 0.2),
        made(0, 0.3),
        made(4, 0.9, row=other),
        made(3, None),
    ]
    assert keep(tmp_path, runs) == []
    assert best(tmp_path) == (1, 32)
    assert best(tmp_path, other) == (4, 32)


def test_where_more_is_better_the_highest_wins(tmp_path, made):
    runs = [made(seed, value) for seed, value in enumerate((0.2, 0.9, 0.5))]
    for run in runs:
        run |= {"task": "names", "scores": {"accuracy": 0.5}}
    assert keep(tmp_path, runs) == []
    assert best(tmp_path) == (1, 32)


def test_the_epoch_whose_weights_were_saved_counts(tmp_path, made):
    runs = [made(0, 0.3), made(1, 0.1, best_epoch=0)]
    runs[1]["epochs"][0]["validation"] = 0.4
    assert keep(tmp_path, runs) == []
    assert best(tmp_path) == (0, 32)


@pytest.mark.parametrize("status", ["failed", "diverged", "timeout"])
def test_runs_that_did_not_end_well_do_not_count(tmp_path, made, status):
    runs = [made(0, 0.1, status=status), made(1, 0.2)]
    assert keep(tmp_path, runs) == []
    assert best(tmp_path) == (1, 32)
    # A later record of the same run is the one that counts.
    assert keep(tmp_path, [*runs, {**runs[1], "status": status}]) == []
    assert best(tmp_path) is None


def test_only_the_runs_of_these_keys_count(tmp_path, made):
    old, new = [made(0, 0.1)], [made(1, 0.3, size=64), made(2, 0.2, size=64)]
    keys = [run["key"] for run in new]
    assert keep(tmp_path, old) == []
    assert save_best(tmp_path, [*old, *new], keys) == []
    assert best(tmp_path) == (2, 64)
    assert save_best(tmp_path, [*old, *new], [old[0]["key"]]) == []
    assert best(tmp_path) == (0, 32)


def test_rows_of_another_comparison_stay(tmp_path, made):
    other = ("jax", "gru")
    assert keep(tmp_path, [made(0, 0.1, row=other)]) == []
    assert keep(tmp_path, [made(0, 0.1)]) == []
    assert best(tmp_path, other) == (0, 32)
    absent = made(0, 0.1, row=other, size=8, file=False, status="unavailable")
    assert keep(tmp_path, [absent]) == []
    assert best(tmp_path, other) == (0, 32)


def test_weights_that_were_not_saved_leave_no_older_ones(tmp_path, made):
    assert keep(tmp_path, [made(0, 0.1)]) == []
    assert keep(tmp_path, [made(0, 0.1, size=64, file=False)]) == []
    assert best(tmp_path) is None


def test_a_folder_does_not_need_its_source_file(tmp_path, made):
    runs = [made(0, 0.2), made(1, 0.1)]
    assert keep(tmp_path, runs) == []
    shutil.rmtree(tmp_path / "checkpoints")
    assert keep(tmp_path, runs) == []
    assert best(tmp_path) == (1, 32)
    assert keep(tmp_path, runs[:1]) == []
    assert best(tmp_path) is None


def test_a_folder_loads_like_its_file(tmp_path, made):
    assert keep(tmp_path, [made(3, 0.2)]) == []
    folder = tmp_path / "best" / "pytorch-rnn"
    one, other = load_checkpoint(folder), load_checkpoint(folder / WEIGHTS)
    assert one.run == other.run
    assert one.result == {"metric": "rmse", "validation": 0.2, "seed": 3}
    assert list(one.weights) == list(CASE.weights())


def test_the_nearest_checkpoint_is_named(tmp_path, made):
    assert keep(tmp_path, [made(0, 0.2)]) == []
    right = str(tmp_path / "best" / "pytorch-rnn")
    for wrong in (right[:-1], tmp_path, tmp_path / "best"):
        with pytest.raises(CheckpointError, match=f"did you mean '{right}'"):
            load_checkpoint(type(tmp_path)(wrong))
    with pytest.raises(CheckpointError, match="holds no checkpoint"):
        weights_file(tmp_path / "checkpoints")
    with pytest.raises(CheckpointError, match="no such file or folder"):
        weights_file(tmp_path / "absent" / "pytorch-rnn")


def test_a_vocabulary_of_100_000_words_fits(tmp_path):
    words = [f"word{number}\u00e9\u4e2d" for number in range(100_000)]
    run = run_spec("sine", "jax", "rnn")
    saved = Checkpoint(run, CASE.spec(), CASE.weights(), {"words": words})
    path = tmp_path / "a.safetensors"
    save_checkpoint(path, saved)
    assert load_checkpoint(path).metadata == {"words": words}


def test_a_checkpoint_of_schema_1_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.safetensors"
    saved = Checkpoint(run_spec("sine", "jax", "rnn"), CASE.spec(), {})
    monkeypatch.setattr(checkpoints, "SCHEMA", "1")
    save_checkpoint(path, saved)
    monkeypatch.undo()
    with pytest.raises(CheckpointError, match="schema 1; this code reads 2"):
        load_checkpoint(path)
