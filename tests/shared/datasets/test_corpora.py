"""Corpora: contents, splits, and the error when one is missing."""

from __future__ import annotations

import hashlib
import shutil
import sysconfig

import pytest

from shared.datasets import corpora, ptb, python_source
from shared.errors import DataError
from shared.files.user_file import UserFile
from shared.task import Splits
from shared.tasks.language_modeling.codec import lines
from shared.tasks.language_modeling.data import (
    character_dataset,
    word_dataset,
)

PAPER = (1_115_394, 65, 40_000)
"""Characters, different ones and lines of tiny Shakespeare."""


def one_line(error) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


def test_shakespeare_is_the_catalogued_text_split_as_nanogpt_does(data_dir):
    found = corpora.read_shakespeare(0, "90/10")
    train, validation, test = (found.parts[p] for p in Splits._fields)
    text = train + validation
    assert (len(text), len(set(text)), text.count("\n")) == PAPER
    assert len(train) == int(0.9 * PAPER[0]) == 1_003_854
    assert test == validation
    assert found.split == "first 90 % for training, last 10 % " + corpora.SAME
    assert not found.notes
    path = data_dir / "charlm/tinyshakespeare.txt"
    assert path.read_bytes() == text.encode()
    (known,) = found.hashes.values()
    assert known == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("read", "counts", "size"),
    [
        (corpora.read_wikitext2, (2_088_628, 217_646, 245_569), 33_278),
        (corpora.read_ptb, (929_589, 73_760, 82_430), 10_000),
    ],
)
def test_word_corpora_have_the_published_counts(data_dir, read, counts, size):
    corpus = read("")
    metadata = word_dataset(corpus, 35).metadata
    assert tuple(metadata["tokens"].values()) == counts
    assert metadata["vocabulary_size"] == size
    assert metadata["split"] == "as published: training, validation, test"
    assert len(corpus.hashes) == 3
    assert "licence" in corpus.notes[0]
    # Their own prompt is of words that they know.
    assert metadata["prompt"] == corpus.prompt


WORDS = {
    "90/5/5": "first 90 % for training, then 5 % for validation, 5 % for test",
    "90/10": "first 90 % for training, last 10 % for validation and test, the "
    "same text",
    "95/5": "first 95 % for training, last 5 % for validation and test, the "
    "same text",
}


@pytest.mark.parametrize("split", corpora.SPLITS)
@pytest.mark.parametrize("length", [0, 1, 7, 40, 99, 1_000])
def test_a_text_is_cut_into_disjoint_parts_in_its_order(split, length):
    text = "".join(map(chr, range(32, 32 + length)))
    found = corpora.in_parts(text, 0, split, {})
    assert found.split == WORDS[split]
    train, validation, test = (found.parts[p] for p in Splits._fields)
    if split.count("/") == 1:
        assert validation == test
        test = ""
    assert train + validation + test == text
    for part, percent in zip((train, validation, test), split.split("/")):
        assert abs(len(part) - length * int(percent) / 100) < 1


def test_the_first_characters_alone_are_cut():
    found = corpora.in_parts("a" * 36 + "bbcc" + "more", 40, "90/5/5", {})
    assert list(found.parts.values()) == ["a" * 36, "bb", "cc"]
    assert found.notes == ("the first 40 of 44 characters",)


LIBRARY = {
    "a.py": "a = 1\n",
    "b.py": "b = 22\r\n",
    "p/__init__.py": "",
    "p/c.py": "c = 333\n",
    "p/long.py": "d = 4\n" * 100,
    "p/accent.py": "e = '\u00e9'\n",
    "p/tests/f.py": "f = 6\n",
    "test/g.py": "g = 7\n",
    "site-packages/h.py": "h = 8\n",
    "_sysconfigdata__x86.py": "i = 9\n",
    "readme.txt": "no source\n",
}


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A small standard library in place of the real one."""
    for name, text in LIBRARY.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    return tmp_path


def test_the_library_is_whole_ascii_files_without_tests(library):
    text, hashes = python_source.load()
    expected = {"a = 1\n", "b = 22\n", "c = 333\n", "d = 4\n"}
    assert set(text.splitlines(keepends=True)) == expected
    assert len(text) == 6 + 7 + 8 + 600
    assert list(hashes.values()) == [hashlib.sha256(text.encode()).hexdigest()]
    # The order follows from the names alone.
    order = [line[0] for line in dict.fromkeys(text.splitlines())]
    names = {"a.py": "a", "b.py": "b", "p/c.py": "c", "p/long.py": "d"}
    digests = {hashlib.sha256(n.encode()).hexdigest(): n for n in names}
    assert order == [names[digests[d]] for d in sorted(digests)]
    assert order != sorted(order)


def test_a_file_beyond_the_size_limit_is_skipped(library):
    text, _ = python_source.load(21)
    assert sorted(text) == sorted("a = 1\nb = 22\nc = 333\n")
    assert len(python_source.load(20)[0]) <= 20
    with pytest.raises(DataError, match=r"no source of 5 .* --characters 0"):
        python_source.load(5)


def test_the_installed_library_gives_the_requested_length():
    found = corpora.read_python(200_000, "90/5/5")
    text = "".join(found.parts.values())
    assert 190_000 < len(text) <= 200_000
    assert text.isascii()
    assert text.count("\ndef ") + text.count("\n    def ") > 100
    assert python_source.version() in found.notes[0]
    (name,) = found.hashes
    assert python_source.version() in name
    # Names of packages from all over the alphabet occur in the text.
    folders = {
        path.parent.name for path in python_source.sources(_library())[:60]
    }
    assert len(folders) > 10
    assert not folders & python_source.LEFT_OUT


def _library():
    return python_source.Path(sysconfig.get_path("stdlib"))


def test_missing_ptb_names_the_folder_in_one_line(
    tmp_path, monkeypatch, own_cache
):
    for folder, place in (
        (str(tmp_path / "own"), tmp_path / "own"),
        ("", own_cache / "wordlm/ptb"),
    ):
        monkeypatch.delenv("RNN_DATA_DIR", raising=False)
        monkeypatch.setattr(ptb, "cache_folder", lambda: own_cache)
        with pytest.raises(DataError) as error:
            corpora.read_ptb(folder)
        message = one_line(error)
        assert message.startswith(f"{place / 'ptb.train.txt'} does not exist")
        for words in ("licence", "unclear", "neither shipped nor fetched"):
            assert words in message
        for words in ("ptb.valid.txt", "ptb.test.txt", "--folder"):
            assert words in message


def test_ptb_is_read_from_its_folder_and_an_altered_file_is_refused(
    tmp_path, data_dir
):
    for path in (data_dir / "wordlm/ptb").iterdir():
        shutil.copyfile(path, tmp_path / path.name)
    assert corpora.read_ptb(str(tmp_path)).parts["test"].count("\n") == 3761
    (tmp_path / "ptb.valid.txt").write_text(" a sentence \n")
    with pytest.raises(DataError, match="not the file that others"):
        corpora.read_ptb(str(tmp_path))


def test_a_user_text_is_read_with_its_encoding(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("d\u00e9j\u00e0\r\nvu".encode("latin-1"))
    options = UserFile(str(path), "latin-1")
    found = corpora.read_own(options, 0, "90/5/5")
    assert "".join(map(str, found.parts.values())) == "d\u00e9j\u00e0\nvu\n"
    assert found.hashes == {
        "a.txt": hashlib.sha256(path.read_bytes()).hexdigest()
    }
    # No prompt is known to suit it: it begins as its training does.
    found = found._replace(parts=dict.fromkeys(found.parts, "d\u00e9j\u00e0"))
    assert character_dataset(found, 2).metadata["prompt"] == "d\u00e9j\u00e0"
    with pytest.raises(DataError, match=r"line 1: .* --encoding"):
        corpora.read_own(UserFile(str(path)), 0, "90/5/5")
    path.write_text("\n \n")
    with pytest.raises(DataError, match=r"a.txt has no text"):
        corpora.read_own(UserFile(str(path)), 0, "90/5/5")


def test_an_unterminated_line_has_no_end_of_sentence():
    assert list(lines(" a  b \n\nc")) == [["a", "b", "<eos>"], ["<eos>"], ["c"]]
    assert list(lines("a\n"))[-1] == []
