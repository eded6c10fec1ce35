"""Full disks and killed processes leave whole folders of checkpoints."""

import os
import shutil
import subprocess

import pytest
from factories.checkpoints import best, keep
from factories.processes import PYTORCH, TINY, bytes_of, compare, records

from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.best_checkpoints import clear_leftovers
from shared.weights.checkpoints import CARD, WEIGHTS

pytestmark = pytest.mark.usefixtures("numpy_training")


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
