"""Every record under docs/ has the command that makes it anew."""

from __future__ import annotations

import shlex

import pytest
from factories import records as made

from comparisons.analysis.loading import read_summary
from comparisons.arguments.command_line import command_of, parse
from comparisons.records.environment import ROOT
from comparisons.records.files import folders_of_records
from comparisons.report.markdown import write_markdown
from comparisons.report.render import REPORT
from comparisons.site.record import __main__ as record
from shared.errors import UserError

COMMANDS = record.commands()
FOLDERS = {
    str(path.relative_to(ROOT / "docs"))
    for path in folders_of_records(ROOT / "docs")
}
FILES = {path.name for path in (ROOT / "docs").glob("*.jsonl")}
MADE_OTHERWISE = {
    *("calibration.jsonl", "install.jsonl", "scale.jsonl", "tokenizers.jsonl"),
    *("mutations.jsonl", "mutmut.jsonl"),
    "speedrun.jsonl",  # a history: no entry replaces another
}
"""Files of records that no command of `compare.py` writes anew."""


def owner(folder):
    """The row of the table that makes a folder, itself or a part of it."""
    return next(
        (name for name in COMMANDS if f"{folder}/".startswith(f"{name}/")), None
    )


def test_every_record_is_in_the_table():
    known = FOLDERS | (FILES - MADE_OTHERWISE)
    assert {name for name in known if owner(name) is None} == set()
    assert COMMANDS.keys() - {owner(name) for name in known} == set()
    assert MADE_OTHERWISE <= FILES


def test_a_file_of_times_is_replaced_by_the_records_of_its_command(tmp_path):
    results, file = tmp_path / "bench-sine", tmp_path / "bench-sine.jsonl"
    results.mkdir()
    (results / "runs.jsonl").write_text('{"seconds":[0.123456789]}\n')
    file.write_text("old")
    record.publish(results, file)
    assert file.read_text() == '{"seconds":[0.123457]}\n'


def test_large_records_of_a_folder_and_below_it_are_compressed(tmp_path):
    results, folder = tmp_path / "results", tmp_path / "docs"
    for name, size in (("a", 300_000), ("b", 3)):
        (results / name).mkdir(parents=True)
        line = f'{{"kind":"{"x" * size}"}}\n'
        (results / name / "runs.jsonl").write_text(line)
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "runs.jsonl").touch()
    record.publish(results, folder)
    found = [path.relative_to(folder) for path in folder.rglob("*.*")]
    assert sorted(map(str, found)) == ["a/runs.jsonl.gz", "b/runs.jsonl"]


def test_a_report_is_that_of_the_records_that_are_kept(tmp_path):
    results, folder = tmp_path / "results", tmp_path / "docs"
    command = "compare.py --task sine --out /here"
    made.stored(results, [made.run(command=command)])
    write_markdown(read_summary(results), results / REPORT)
    assert "--out /here" in (results / REPORT).read_text()
    record.publish(results, folder)
    text = (folder / REPORT).read_text()
    assert "--out" not in text and "compare.py --task sine" in text
    write_markdown(read_summary(folder), tmp_path / REPORT)
    assert (tmp_path / REPORT).read_text() == text


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
        (out / "runs.jsonl").write_text('{"new":1}\n')
        return type("Done", (), {"returncode": codes["sine"]})

    monkeypatch.setattr(record.subprocess, "run", run)
    assert record.main(["sine"]) == 1
    assert old.read_text() == "old"
    assert "docs/sine: kept" in capfd.readouterr().out
    codes["sine"] = 0
    (old.parent / "former.csv").touch()
    assert record.main(["sine"]) == 0
    assert [path.name for path in old.parent.iterdir()] == ["runs.jsonl"]
    assert old.read_text() == '{"new":1}\n'
    with pytest.raises(UserError, match="did you mean 'sine'"):
        record.main(["sin"])
