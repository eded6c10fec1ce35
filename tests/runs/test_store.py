"""The store: whole lines, one owner, nothing guessed."""

import json
import subprocess
import sys

import pytest
from factories import records as made

from comparisons.records.record import SCHEMA
from comparisons.records.store import (
    Store,
    StoreError,
    key_of,
    latest,
    read_records,
)
from shared.errors import UserError

RECORD = made.run(command="é\u2028\n") | {"key": "a"}


def record(**fields):
    return current(RECORD | fields)


def broken(key, status):
    return current(made.broken(status) | {"key": key})


def current(fields):
    """The record as this version writes it."""
    (found,) = made.typed([fields])
    found.schema = SCHEMA
    return found


@pytest.fixture
def filled(tmp_path):
    """A folder with two records."""
    store = Store(tmp_path)
    store.append(record())
    store.append(broken("b", "failed"))
    store.close()
    return tmp_path


def reopened(folder):
    store = Store(folder)
    store.close()
    return store.records


def test_appended_records_round_trip(filled):
    first, second = read_records(filled / "runs.jsonl")
    assert first == record()
    assert second.key == "b"
    assert len((filled / "runs.jsonl").read_bytes().splitlines()) == 2


def test_a_folder_is_made_with_its_parents(tmp_path):
    assert reopened(tmp_path / "a" / "b") == []


def test_a_folder_without_a_record_leaves_no_trace(tmp_path):
    Store(tmp_path / "a" / "b").close()
    assert not list(tmp_path.iterdir())
    folder = tmp_path / "mine"
    folder.mkdir()
    Store(folder).close()
    assert not list(folder.iterdir())
    (folder / "runs.jsonl").touch()
    Store(folder).close()
    assert (folder / "runs.jsonl").exists()
    store = Store(tmp_path / "c")
    (tmp_path / "c" / "other").touch()
    store.close()
    assert (tmp_path / "c" / "other").exists()


def test_appended_records_are_on_the_disk_before_the_store_closes(filled):
    store = Store(filled)
    store.append(record(key="c"))
    assert len(read_records(store.path)) == len(store.records) == 3
    store.close()


@pytest.mark.parametrize(
    ("status", "finished"),
    [
        *(("ok", True), ("diverged", True), ("failed", False)),
        *(("timeout", False), ("unavailable", False)),
    ],
)
def test_only_outcomes_that_would_repeat_are_finished(
    tmp_path, status, finished
):
    store = Store(tmp_path)
    store.append(record() if status == "ok" else broken("a", status))
    assert store.finished("a") is finished
    assert not store.finished("b")
    store.close()


def test_every_cut_of_the_last_line_loses_that_line_alone(filled):
    path = filled / "runs.jsonl"
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for size in range(first, len(whole) - 1, 7):  # the rest is a newline
        path.write_bytes(whole[:size])
        assert [one.key for one in reopened(filled)] == ["a"]
        assert path.read_bytes() == whole[:first]


def test_after_a_cut_line_the_next_record_is_whole(filled):
    path = filled / "runs.jsonl"
    path.write_bytes(path.read_bytes()[:-5])
    store = Store(filled)
    store.append(record(key="c"))
    store.close()
    assert [one.key for one in reopened(filled)] == ["a", "c"]


def test_another_schema_is_refused(filled):
    path = filled / "runs.jsonl"
    with path.open("a") as file:
        file.write(json.dumps({**RECORD, "schema": SCHEMA + 1}) + "\n")
    text = rf"line 3 has schema {SCHEMA + 1}; .* reads schema 1 and {SCHEMA}"
    with pytest.raises(StoreError, match=text):
        Store(filled)


def test_one_process_alone_holds_a_folder(filled):
    program = (
        "import sys; from pathlib import Path;"
        "from comparisons.records.store import Store; Store(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", program, str(filled)]
    store = Store(filled)
    taken = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "another comparison is writing to" in taken.stderr
    store.close()
    free = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert free.returncode == 0, free.stderr


def test_a_file_that_cannot_be_read_is_given_to_others(filled):
    path = filled / "runs.jsonl"
    whole = path.read_bytes()
    later = json.dumps({**RECORD, "schema": SCHEMA + 1}).encode()
    path.write_bytes(later + b"\n" + whole)
    with pytest.raises(StoreError):
        Store(filled)
    path.write_bytes(whole)
    assert len(reopened(filled)) == 2


def test_a_folder_that_cannot_be_written(tmp_path):
    file = tmp_path / "file"
    file.touch()
    for folder in (file, file / "below"):
        with pytest.raises(UserError, match="cannot write results to"):
            Store(folder)


def test_the_latest_record_of_a_key_takes_the_place_of_the_first():
    lines = [record(key=k, seed=n) for n, k in enumerate("abac")]
    assert [(one.key, one.seed) for one in latest(lines)] == [
        *(("a", 2), ("b", 1), ("c", 3))
    ]


def test_a_key_changes_with_each_part_and_not_with_order():
    base = key_of("run", {"a": 1, "b": 2}, "code")
    assert key_of("run", {"b": 2, "a": 1}, "code") == base
    for parts in (
        ("run", {"a": 1, "b": 3}, "code"),
        ("run", {"a": 1, "b": 2}, "edoc"),
        ("baselines", {"a": 1, "b": 2}, "code"),
    ):
        assert key_of(*parts) != base
