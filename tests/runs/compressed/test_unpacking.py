"""Compressed records are unpacked by the process that continues them."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest
from factories import records as made

from comparisons.records.compressed import unpacked
from comparisons.records.files import records_file
from comparisons.records.lines import lines_of
from comparisons.records.store import Store, StoreError


def reopened(folder):
    """The keys of a store's records."""
    store = Store(folder)
    store.close()
    return [record.key for record in store.records]


def test_a_store_unpacks_the_records_and_continues(plain, packed):
    store = Store(packed)
    assert made.file_names(packed) == ["runs.jsonl"]
    assert len(store.records) == 4
    assert store.finished(store.records[0].key)
    (more,) = made.typed([made.run(seed=3)])
    store.append(more)
    store.close()
    lines = (packed / "runs.jsonl").read_bytes()
    assert lines.startswith((plain / "runs.jsonl").read_bytes())
    assert len(lines.splitlines()) == 5
    assert reopened(packed) == [record.key for record in store.records]


def test_a_store_closed_without_a_new_record_keeps_the_old_ones(plain, packed):
    assert len(reopened(packed)) == 4
    lines = (packed / "runs.jsonl").read_bytes()
    assert lines == (plain / "runs.jsonl").read_bytes()


@pytest.mark.parametrize("method", ["replace", "unlink"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_a_kill_while_it_unpacks_loses_nothing(
    packed, monkeypatch, method, error
):
    """Before the plain file has its name, and before the other goes."""
    lines = [*lines_of(records_file(packed))]

    def killed(path, *words, **options):
        raise error

    with monkeypatch.context() as patch, pytest.raises(error):
        patch.setattr(Path, method, killed)
        Store(packed)
    assert [*lines_of(records_file(packed))] == lines
    assert len(reopened(packed)) == 4
    assert [*lines_of(packed / "runs.jsonl")] == lines


def test_what_a_killed_process_left_is_written_anew(plain, packed):
    (packed / ".runs.jsonl.partial").write_text("part of a longer text" * 999)
    assert len(reopened(packed)) == 4
    assert made.file_names(packed) == ["runs.jsonl"]
    lines = (packed / "runs.jsonl").read_bytes()
    assert lines == (plain / "runs.jsonl").read_bytes()


def test_one_process_alone_unpacks(packed):
    with (packed / "runs.jsonl.gz").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another comparison is writing"):
            Store(packed)
        assert made.file_names(packed) == ["runs.jsonl.gz"]
    assert len(reopened(packed)) == 4


def test_what_another_process_just_unpacked_is_kept(packed, monkeypatch):
    lines = [*lines_of(records_file(packed))]
    lock = fcntl.flock

    def waited(held, operation):
        with monkeypatch.context() as patch:
            patch.setattr(fcntl, "flock", lock)
            reopened(packed)
        lock(held, operation)

    with monkeypatch.context() as patch:
        patch.setattr("comparisons.records.compressed.fcntl.flock", waited)
        assert unpacked(packed)
    assert made.file_names(packed) == ["runs.jsonl"]
    assert [*lines_of(packed / "runs.jsonl")] == lines


def test_a_folder_that_cannot_be_written_keeps_its_records(packed, monkeypatch):
    def full(*words):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("comparisons.records.compressed.os.fsync", full)
        with pytest.raises(StoreError, match=r"cannot write .* No space left"):
            Store(packed)
    assert made.file_names(packed) == ["runs.jsonl.gz"]
