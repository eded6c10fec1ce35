"""Files of records that an editor, a power cut or a program has damaged."""

from __future__ import annotations

import codecs
import fcntl
import gc
import json
import os

import msgspec
import pytest
from factories import records as made

from comparisons.analysis.loading import read_parts
from comparisons.records import decoding, reading
from comparisons.records.reading import read_all
from comparisons.records.store import Store, StoreError, read_records
from shared.errors import UserError

OLD = [made.run(cell=c) | {"key": c} for c in ("rnn", "gru", "lstm")]
NEW = [json.loads(msgspec.json.encode(r)) for r in made.typed(OLD)]
for line in NEW:
    line["schema"] = 2
LINES = [json.dumps(r).encode() for r in (OLD[0], NEW[1], NEW[2])]
KEYS = ["rnn", "gru", "lstm"]
WHOLE = b"\n".join(LINES) + b"\n"
TEXT = WHOLE.decode()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "runs.jsonl"


def opened(path):
    """The keys of a store's records, and of those of its file afterwards."""
    store = Store(path.parent)
    store.close()
    keys = [record.key for record in store.records]
    assert [record.key for record in read_records(path)] == keys
    return keys


def aside(path):
    found = path.with_name("runs.jsonl.damaged")
    return found.read_bytes() if found.exists() else b""


@pytest.mark.parametrize(
    "content",
    {
        "as written": WHOLE,
        "no newline at the end": WHOLE[:-1],
        "CR": WHOLE.replace(b"\n", b"\r"),
        "CRLF": WHOLE.replace(b"\n", b"\r\n"),
        "CRLF, none at the end": WHOLE.replace(b"\n", b"\r\n")[:-2],
        "mark": codecs.BOM_UTF8 + WHOLE,
        "two files with marks": (codecs.BOM_UTF8 + LINES[0] + b"\n")
        + (codecs.BOM_UTF8 + LINES[1] + b"\n" + LINES[2]),
        "UTF-16": TEXT.encode("utf-16"),
        "UTF-16, big endian": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        "UTF-16, Windows": TEXT.replace("\n", "\r\n").encode("utf-16"),
        "UTF-16, no mark": TEXT.encode("utf-16-le"),
        "UTF-32": TEXT.encode("utf-32"),
        "blank lines": b"\n\n" + WHOLE.replace(b"\n", b"\n \n"),
        "a newline lost": LINES[0] + LINES[1] + b"\n" + LINES[2],
        "NUL before a record": b"\0" * 50 + WHOLE,
    }.items(),
    ids=lambda item: item[0],
)
def test_every_whole_record_is_kept(path, content, capsys):
    path.write_bytes(content[1])
    assert [r.key for r in read_all(path)[0]] == KEYS
    assert opened(path) == KEYS
    assert aside(path) == b""
    assert capsys.readouterr().err == ""
    store = Store(path.parent)
    store.append(store.records[0])
    store.close()
    assert opened(path) == [*KEYS, "rnn"]


def changed(**fields):
    return json.dumps(NEW[1] | fields).encode()


NEWEST = changed()
DAMAGED = {
    "half": LINES[1][:300],
    "a list": b"[]",
    "a number": b"3",
    "null": b"null",
    "too few fields": b'{"kind": "run"}',
    "no text": b"\xff\x00",
    "bad UTF-8": LINES[1].replace(b"Example", b"Ex\xe9mple"),
    "bad UTF-8, old": LINES[0].replace(b"Example", b"Ex\xe9mple"),
    "deep": b"[" * 100_000,
    "deep in a field": b'{"schema": 1, "detail": ' + b'{"a":' * 50_000,
    "a huge number": changed(seed=1).replace(
        b'"seed": 1', b'"seed": ' + b"1" * 5000
    ),
    "a large number": changed(parameters=10**30, status="failed"),
    "NUL within": LINES[1].replace(b"pytorch", b"py\0torch"),
    "NUL alone": b"\0" * 4096,
    "half a pair": changed(error="\ud800"),
    "key a list": changed(key=["x"]),
    "status a number": changed(status=3),
    "kind a list": changed(kind=["run"]),
    "kind unknown": changed(kind="runs"),
    "spec a text": changed(spec="abc"),
    "spec of texts": changed(spec={"model": "abc"}),
    "schema as a text": changed(schema="1"),
    "schema null": changed(schema=None),
    "schema 0": changed(schema=0),
    "spec a text, old": json.dumps(OLD[1] | {"spec": "abc"}).encode(),
    "model a text, old": json.dumps(
        OLD[1] | {"spec": {"model": "abc"}}
    ).encode(),
    "gaps, old": json.dumps(
        made.equivalence(forward=1e-7) | {"gaps": [3]}
    ).encode(),
    "baselines": json.dumps(
        made.baselines() | {"baselines": {"last value": 3}, "status": "failed"}
    ).encode(),
    "no task, old": json.dumps(OLD[1] | {"task": ""}).encode(),
}


@pytest.mark.parametrize("where", [0, 1, 2])
@pytest.mark.parametrize("name", DAMAGED)
def test_a_bad_line_costs_itself_alone(path, name, where, capsys):
    lines = [*LINES[:where], DAMAGED[name], *LINES[where + 1 :]]
    path.write_bytes(b"\n".join(lines) + b"\n")
    before = path.read_bytes()
    keys = KEYS[:where] + KEYS[where + 1 :]

    records, damaged = read_all(path)
    assert [record.key for record in records] == keys
    assert [one.number for one in damaged] == [where + 1]
    (part,) = read_parts([path.parent])
    assert part.unread == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert f"'{path}': line {where + 1} is no record: " in said
    assert said.isprintable()
    assert path.read_bytes() == before

    assert opened(path) == keys
    (said,) = capsys.readouterr().err.splitlines()
    assert f"moved line {where + 1} of '{path}'" in said
    assert (
        aside(path) == DAMAGED[name].strip(b"\0") + b"\n" or name == "NUL alone"
    )
    assert opened(path) == keys
    assert capsys.readouterr().err == ""


def test_what_is_moved_is_appended(path, capsys):
    for number in range(2):
        path.write_bytes(b"%d\nx\n" % number + WHOLE)
        assert opened(path) == KEYS
        said = capsys.readouterr().err
        assert "moved 2 lines of" in said
        assert said.endswith("the first is line 1: it is no JSON object\n")
    assert aside(path) == b"0\nx\n1\nx\n"
    names = sorted(one.name for one in path.parent.iterdir())
    assert names == [path.name, f"{path.name}.damaged"]


def test_a_file_without_any_record_is_one_error(path):
    path.write_bytes(b"a\nb\n")
    with pytest.raises(UserError, match="2 lines are no records; the first"):
        read_parts([path.parent])


def test_a_link_stays_a_link_and_its_mode_stays(path, tmp_path):
    target = tmp_path / "elsewhere" / "records"
    target.parent.mkdir()
    target.write_bytes(WHOLE + b"x")
    target.chmod(0o640)
    path.symlink_to(target)
    assert opened(path) == KEYS
    assert path.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert aside(path) == b"x\n"


def test_a_repaired_file_is_locked(path):
    path.write_bytes(WHOLE + b"x")
    store = Store(path.parent)
    with path.open("ab") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with pytest.raises(StoreError, match="another comparison is writing to"):
        Store(path.parent)
    store.close()
    assert opened(path) == KEYS


def test_a_pipe_is_no_file_of_records(path):
    os.mkfifo(path)
    with pytest.raises(StoreError, match="is not a file"):
        Store(path.parent)


class Full:
    """A file on a disk that has no space after some bytes."""

    def __init__(self, file, space):
        self.file, self.space = file, space

    def write(self, data):
        if not self.space:
            raise OSError(28, "No space left on device")
        size = self.file.write(data[: self.space])
        self.space -= size
        return size

    def __getattr__(self, name):
        return getattr(self.file, name)


@pytest.mark.parametrize("space", [0, 100])
def test_a_full_disk_costs_one_record(path, space):
    path.write_bytes(WHOLE)
    store = Store(path.parent)
    store.file = Full(store.file, space)
    with pytest.raises(StoreError, match="No space left on device"):
        store.append(store.records[0])
    store.close()
    assert path.read_bytes() == WHOLE


def test_a_folder_that_is_removed_during_a_run(path):
    path.write_bytes(WHOLE)
    store = Store(path.parent)
    path.unlink()
    with pytest.raises(StoreError, match="No such file or directory"):
        store.append(store.records[0])
    store.close()


@pytest.mark.parametrize("kind", ["run", "equivalence"])
def test_the_first_fields_alone_say_how_a_line_is_read(kind):
    start = b'{"schema": 2, "kind": "%s", "key": "k1", "status": "ok", '
    line = start % kind.encode() + b'"detail": [1'  # never read to its end
    assert decoding.head_of(line) == (2, kind, "ok")
    assert decoding.key_in(line) == "k1"
    other = {"status": "failed", "schema": 2, "kind": kind, "key": "k2"}
    text = json.dumps(other).encode()
    assert decoding.head_of(text) == (2, kind, "failed")
    assert decoding.key_in(text) == "k2"


@pytest.mark.parametrize("enabled", [True, False])
def test_reading_leaves_the_collector_as_it_was(path, enabled):
    path.write_bytes(WHOLE)
    try:
        (gc.enable if enabled else gc.disable)()
        with reading.without_collection():
            assert not gc.isenabled()
        read_all(path)
        assert gc.isenabled() == enabled
    finally:
        gc.enable()
