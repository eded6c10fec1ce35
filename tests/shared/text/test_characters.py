"""Texts as indices of their characters: what they hold, in how much memory."""

from __future__ import annotations

import gzip
import hashlib
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.datasets.corpora import Corpus, read_own
from shared.errors import DataError
from shared.files.user_file import UserFile
from shared.tasks.language_modeling import ngrams
from shared.tasks.language_modeling.data import character_dataset, stream
from shared.text import characters
from shared.text.characters import encode, encode_blocks


@given(st.lists(st.text()))
def test_blocks_are_the_text(blocks):
    text = "".join(blocks)
    found = encode_blocks(blocks)
    assert str(found) == text
    assert len(found) == len(text)
    assert sorted(map(chr, found.used())) == sorted(set(text))
    assert str(found[1:3]) == text[1:3]


@given(st.text(), st.integers(0, 9))
def test_a_part_has_the_characters_it_uses(text, end):
    assert set(map(chr, encode(text)[:end].used())) == set(text[:end])


@pytest.mark.parametrize(
    ("size", "kind"), [(1, "int8"), (128, "int8"), (129, "int16")]
)
def test_the_vocabulary_decides_the_bytes_of_an_index(size, kind):
    text = "".join(map(chr, range(0x100, 0x100 + size))) * 3
    found = character_dataset(
        Corpus(dict.fromkeys(("train", "validation", "test"), text), "", {}), 2
    )
    for split in (found.train, found.test):
        assert split.x.dtype == split.y.dtype == kind
    assert stream(found.test).tolist() == list(range(size)) * 3
    assert found.test.y.min() == (-1 if size % 2 == 0 else 0)


def test_a_rare_character_late_in_a_text_changes_nothing_before_it():
    common = "".join(map(chr, range(32, 160)))
    blocks = [common, "\U0001f600", common]
    assert str(encode_blocks(blocks)) == "".join(blocks)


def written(path, size: int) -> str:
    letters = np.random.default_rng(0).integers(97, 123, size, np.uint8)
    letters[::40] = 10
    path.write_bytes(letters.tobytes())
    return letters.tobytes().decode()


def test_a_long_text_takes_less_memory_than_twice_its_file(
    tmp_path, monkeypatch
):
    for module, name in ((characters, "PIECE"), (ngrams, "PIECE")):
        monkeypatch.setattr(module, name, 1 << 14)
    monkeypatch.setattr(characters, "ROOM", 1 << 14)
    monkeypatch.setattr("shared.files.compressed.BLOCK", 1 << 14)
    path, size = tmp_path / "a.txt", 16 << 20
    text = written(path, size)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    tracemalloc.start()
    corpus = read_own(UserFile(str(path)), 0, "90/5/5")
    dataset = character_dataset(corpus, 32)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # The table of all code points takes 4.5 MB whatever the text.
    assert peak - (5 << 20) < 1.5 * size
    assert dataset.hashes == {"a.txt": digest}
    end = size * 90 // 100 // 32 * 32
    shown = dataset.arrays["vocabulary"][dataset.train.x.reshape(-1)[-99:]]
    assert "".join(shown) == text[end - 99 : end]


def test_only_what_is_used_is_decoded(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"to be or not\n" * 500_000 + b"\xff\n")
    corpus = read_own(UserFile(str(path)), 3_000, "90/5/5")
    assert sum(map(len, corpus.parts.values())) == 3_000
    assert corpus.notes == (
        "the first 3,000 characters; --characters 0 takes all",
    )
    with pytest.raises(DataError, match=r"line 500001: not UTF-8"):
        read_own(UserFile(str(path)), 0, "90/5/5")
    packed = tmp_path / "a.txt.gz"
    packed.write_bytes(gzip.compress(b"to be or not\n" * 500_000)[:-100])
    assert sum(map(len, read_own(UserFile(str(packed)), 9, "90/10").parts))
