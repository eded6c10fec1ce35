"""Every record under docs/ has the command that makes it anew."""

from __future__ import annotations

import shlex

import pytest

from comparisons.arguments.command_line import command_of, parse
from comparisons.records.environment import ROOT
from comparisons.site.record import __main__ as record
from shared.errors import UserError

COMMANDS = record.commands()
FOLDERS = {
    str(path.parent.relative_to(ROOT / "docs"))
    for path in (ROOT / "docs").rglob("runs.jsonl")
}


def owner(folder):
    """The row of the table that makes a folder, itself or a part of it."""
    return next(
        (name for name in COMMANDS if f"{folder}/".startswith(f"{name}/")), None
    )


def test_every_folder_of_records_is_in_the_table():
    assert {folder for folder in FOLDERS if owner(folder) is None} == set()
    assert COMMANDS.keys() - {owner(folder) for folder in FOLDERS} == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_one(name):
    command, rest = command_of(COMMANDS[name])
    parse(command, rest)


def test_a_failed_run_leaves_the_record_as_it_is(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(record, "ROOT", tmp_path)
    monkeypatch.setattr(record, "RESULTS", tmp_path / "made")
    old = tmp_path / "docs" / "sine" / "runs.jsonl"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    codes = {"sine": 1}

    def run(program, cwd):
        words = shlex.join(program)
        assert words.endswith("--task sine --seeds 5 --out made/sine")
        out = tmp_path / "made" / "sine"
        (out / "checkpoints").mkdir(parents=True, exist_ok=True)
        (out / "runs.jsonl").write_text("new")
        return type("Done", (), {"returncode": codes["sine"]})

    monkeypatch.setattr(record.subprocess, "run", run)
    assert record.main(["sine"]) == 1
    assert old.read_text() == "old"
    assert "docs/sine: kept" in capfd.readouterr().out
    codes["sine"] = 0
    (old.parent / "former.csv").touch()
    assert record.main(["sine"]) == 0
    assert [path.name for path in old.parent.iterdir()] == ["runs.jsonl"]
    assert old.read_text() == "new"
    with pytest.raises(UserError, match="did you mean 'sine'"):
        record.main(["sin"])
