"""The best checkpoint of each row has its own folder."""

import json
import os
import shutil
import subprocess
from dataclasses import asdict

import pytest
from factories import records as hand_made
from factories.processes import PYTORCH, TINY, bytes_of, compare, records
from factories.specs import run_spec

from comparisons.equivalence.case import Case
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs import best_checkpoints
from comparisons.runs.best_checkpoints import clear_leftovers
from shared.weights import checkpoints
from shared.weights.checkpoints import (
    CARD,
    WEIGHTS,
    Checkpoint,
    CheckpointError,
    read_header,
    save_checkpoint,
    weights_file,
)

CASE = Case("forecaster", "rnn", "values", "native", 1, False, False)
ROW = ("pytorch", "rnn")


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


def save_best(out, records, keys):
    """Make the folders of the runs with these keys; the failures."""
    typed = hand_made.typed(records)
    return best_checkpoints.save_best(out, typed, keys)


def keep(out, records):
    """Make the folders; the failures."""
    return save_best(out, records, [record["key"] for record in records])


def best(out, row=ROW):
    """Seed and hidden size of what the row's folder holds; None: nothing."""
    folder = out / "best" / "-".join(row)
    if not folder.exists():
        return None
    assert sorted(p.name for p in folder.iterdir()) == [CARD, WEIGHTS]
    card = json.loads((folder / CARD).read_text())
    assert card == read_header(folder / WEIGHTS)
    assert [p.name for p in folder.parent.glob(".*")] == []
    return card["run"]["seed"], card["run"]["model"]["hidden_size"]


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


def test_leftovers_of_an_interrupted_command_are_repaired(tmp_path, made):
    runs = [made(0, 0.2)]
    folder = tmp_path / "best" / "pytorch-rnn"
    for leftover in (".pytorch-rnn.partial", ".pytorch-rnn.old"):
        (folder.parent / leftover).mkdir(parents=True)
        (folder.parent / leftover / WEIGHTS).write_text("half")
    assert keep(tmp_path, runs) == []
    assert best(tmp_path) == (0, 32)
    (folder / CARD).unlink()
    assert keep(tmp_path, runs) == []
    assert best(tmp_path) == (0, 32)
    before = (folder / CARD).stat().st_mtime_ns
    assert keep(tmp_path, runs) == []
    assert (folder / CARD).stat().st_mtime_ns == before


def test_a_full_disk_leaves_the_old_folder_intact(tmp_path, made, monkeypatch):
    assert keep(tmp_path, [made(0, 0.2)]) == []

    def full(source, target):
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    (wrong,) = keep(tmp_path, [made(0, 0.2, size=64)])
    monkeypatch.undo()
    assert "pytorch-rnn" in wrong
    assert "No space left" in wrong
    found = load_checkpoint(tmp_path / "best" / "pytorch-rnn")
    assert found.run.model.hidden_size == 32


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


def test_the_same_command_saves_what_could_not_be_saved(tmp_path):
    """And the table is shown all the same."""
    flags = (*TINY, *PYTORCH, "--cells", "rnn", "--out", tmp_path)
    (tmp_path / "best").write_text("in the way")
    done = compare(*flags)
    assert done.code == 1, done
    assert "best checkpoint of pytorch-rnn not saved" in done.err, done
    assert "RMSE" in done.out
    (tmp_path / "best").unlink()
    before = bytes_of(tmp_path)
    again = compare(*flags)
    assert (again.code, again.err) == (0, ""), again
    assert bytes_of(tmp_path) == before
    found = load_checkpoint(tmp_path / "best" / "pytorch-rnn")
    (run,) = records(tmp_path)
    assert found.metadata is None
    assert found.result["validation"] == run["epochs"][-1]["validation"]


def test_a_full_disk_leaves_the_old_folder_and_no_part(
    tmp_path, made, monkeypatch
):
    assert keep(tmp_path, [made(0, 0.5)]) == []

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    (text,) = keep(tmp_path, [made(0, 0.5, file=False), made(1, 0.4)])
    assert "No space left on device" in text
    assert best(tmp_path)[0] == 0
    assert [p.name for p in (tmp_path / "best").iterdir()] == ["pytorch-rnn"]


def killed_between(out, made):
    """A row that was killed between its two renames: old and new folder."""
    keep(out, [made(0, 0.5)])
    folder = out / "best" / "pytorch-rnn"
    shutil.copytree(folder, folder.with_name(".pytorch-rnn.old"))
    folder.rename(folder.with_name(".pytorch-rnn.partial"))
    return folder


def test_what_killed_processes_left_is_removed(tmp_path, made):
    keep(tmp_path, [made(0, 0.5)])
    whole = set(tmp_path.rglob("*"))
    for name in ("figures", "scores"):
        (tmp_path / name).mkdir()
    gone = subprocess.Popen(["true"])
    gone.wait()
    for name in (
        *("checkpoints/pytorch-rnn-0-99f76f7d.partial", ".runs.jsonl.partial"),
        *(f".{gone.pid}-0.partial", f"figures/.{gone.pid}-0.partial"),
        f"scores/.{gone.pid}-0.partial",
        "best/.9999999999999999999999-0.partial",
    ):
        (tmp_path / name).write_text("part")
    for name in (".pytorch-rnn.old", ".pytorch-rnn.partial", ".x.partial"):
        (tmp_path / "best" / name).mkdir()
    clear_leftovers(tmp_path)
    for name in ("figures", "scores"):
        (tmp_path / name).rmdir()
    assert set(tmp_path.rglob("*")) == whole


def test_files_of_living_processes_and_of_the_user_are_left(tmp_path):
    names = (f".{os.getpid()}-0.partial", "notes.partial", "best")
    for name in names:
        (tmp_path / name).write_text("text")
    clear_leftovers(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(names)


@pytest.mark.parametrize("lost", [None, ".pytorch-rnn.partial"])
def test_a_row_killed_between_two_renames_is_whole_again(tmp_path, made, lost):
    folder = killed_between(tmp_path, made)
    if lost:
        shutil.rmtree(folder.with_name(lost))
    clear_leftovers(tmp_path)
    assert best(tmp_path)[0] == 0
    assert list((tmp_path / "best").iterdir()) == [folder]
