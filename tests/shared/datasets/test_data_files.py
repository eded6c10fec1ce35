"""Data files stored compressed, their lines, and the cache of arrays."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

from shared.errors import DataError
from shared.files import cache, catalogue
from shared.files.io import numbered_lines

TEXT = "# a\nb\tc\n\n"


def test_a_damaged_cache_file_is_rebuilt(own_cache):
    made = []

    def make():
        made.append(1)
        return {"a": np.arange(1000)}

    def read(key: str) -> np.ndarray:
        return cache.cached("x", key, make)["a"]

    assert read("k").tolist() == read("k").tolist() == list(range(1000))
    assert len(made) == 1
    read("other")
    assert len(made) == 2
    for damage in (lambda b: b[:-9], lambda b: b[:900] + b"?" + b[901:]):
        for path in own_cache.glob("derived/*"):
            path.write_bytes(damage(path.read_bytes()))
        assert read("k").tolist() == list(range(1000))
    assert len(made) == 4


def test_a_cache_file_cannot_load_objects(own_cache):
    cache.cached("x", "k", lambda: {"a": np.arange(3)})
    (path,) = own_cache.glob("derived/*")
    np.savez(path, a=np.array([{"an": "object"}], dtype=object))
    found = cache.cached("x", "k", lambda: {"a": np.arange(4)})
    assert found["a"].tolist() == [0, 1, 2, 3]


def test_an_unwritable_cache_is_ignored(own_cache):
    own_cache.write_text("a file where the folder belongs")
    assert cache.cached("x", "k", lambda: {"a": np.ones(2)})["a"].sum() == 2


def test_strings_round_trip_through_bytes():
    strings = ["", "b\u00f6re", "\U0001f600\n", ""]
    assert cache.to_strings(*cache.from_strings(strings)) == strings
    assert cache.to_strings(*cache.from_strings([])) == []


def test_lines_keep_their_blanks_and_lose_their_ends(tmp_path):
    path = tmp_path / "a"
    path.write_bytes("a\t \r\n\n\u2028b\n\tc".encode())
    assert list(numbered_lines(path)) == [
        (1, "a\t "),
        (2, ""),
        (3, "\u2028b"),
        (4, "\tc"),
    ]


def test_a_compressed_file_replaces_the_plain_one(add_file):
    plain = add_file("a/b.txt", TEXT.encode())
    compressed = plain.with_name("b.txt.gz")
    compressed.write_bytes(gzip.compress(TEXT.encode()))
    assert catalogue.locate("a/b.txt") == plain
    plain.unlink()
    assert catalogue.first_present(["a/c", "a/b.txt"]) == "a/b.txt"
    found = catalogue.locate("a/b.txt")
    assert found == compressed
    assert [text for _, text in numbered_lines(found)] == TEXT.splitlines()
    compressed.write_bytes(gzip.compress(b"other"))
    with pytest.raises(DataError, match=r"txt.gz is altered"):
        catalogue.locate("a/b.txt")
    compressed.write_bytes(gzip.compress(TEXT.encode())[:-9])
    with pytest.raises(DataError, match=r"txt.gz is no whole gzip file"):
        catalogue.locate("a/b.txt")
