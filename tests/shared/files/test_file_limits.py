"""What is larger than any data is refused before it is in memory."""

from __future__ import annotations

import gzip
import tracemalloc
import zipfile

import numpy as np
import pyarrow
import pytest
from pyarrow import parquet

from shared.datasets.user.labelled import read_table
from shared.errors import DataError
from shared.files import cache, limits
from shared.files.io import numbered_lines
from shared.files.user_file import UserTable


def refused(read, path) -> str:
    with pytest.raises(DataError) as error:
        read(path)
    message = str(error.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def lines_of(path):
    return list(numbered_lines(path))


def test_a_long_line_of_a_compressed_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "LINE", 1 << 22)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"text,label\n" + b"x" * (1 << 25), 1))
    tracemalloc.start()
    said = refused(lines_of, path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "line 2: longer than 4,194,304 characters" in said
    assert peak < 1 << 24


def test_content_of_any_size_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.txt.gz"
    monkeypatch.setattr("shared.files.compressed.BLOCK", 1 << 10)
    monkeypatch.setattr(limits, "CONTENT", 1 << 12)
    path.write_bytes(gzip.compress(b"a\n" * (1 << 12)))
    assert "holds more than" in refused(lines_of, path)


def test_a_repeated_value_of_parquet_is_refused_by_its_count(
    tmp_path, monkeypatch
):
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"text": ["x"] * 100, "label": ["y"] * 100})
    parquet.write_table(table, path)
    read = lambda path: read_table(UserTable(data=str(path)))  # noqa: E731
    monkeypatch.setattr(limits, "ROWS", 99)
    assert "has 100 records, more than 99, the limit" in refused(read, path)
    monkeypatch.setattr(limits, "ROWS", 100)
    monkeypatch.setattr(limits, "ROW_GROUP", 10)
    assert "bytes in a row group, more than 10" in refused(read, path)


def header(shape: str) -> bytes:
    text = (
        f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({shape},), }}\n"
    )
    return (
        b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode()
    )


def zipped(path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(f"{name}.npy", content)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: zipped(path, a=header("1000000000000")),
        lambda path: zipped(path, a=header("1" + "0" * 30)),
        lambda path: zipped(path, a=header("'x'")),
        lambda path: zipped(path, a=b"\x93NUMPY\x09\x00" + b"(" * 500),
        lambda path: np.save(path.open("wb"), np.arange(3)),
        lambda path: np.savez(path, b=np.arange(3)),
        lambda path: np.savez(path, a=np.arange(4)),
        lambda path: np.savez_compressed(path, a=np.zeros(1 << 20)),
        lambda path: np.savez(path, a=np.array([{}], object), checksum=[1]),
        lambda path: path.write_bytes(b""),
    ],
)
def test_a_cached_file_that_is_altered_in_any_way_is_made_anew(
    own_cache, damage
):
    read = lambda: cache.cached("x", 1, lambda: {"a": np.arange(3)})  # noqa: E731
    read()
    (path,) = own_cache.glob("derived/*")
    damage(path)
    assert read()["a"].tolist() == [0, 1, 2]
    assert set(read()) == {"a"}
