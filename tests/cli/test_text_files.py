"""Answers correspond to lines: a bad or a blank one has a blank answer."""

from argparse import Namespace
from itertools import islice
from types import SimpleNamespace

import numpy as np
import pytest

from comparisons.arguments import text_files, texts
from comparisons.arguments.text_files import Texts
from comparisons.arguments.texts import answered, in_batches
from shared.batching.chunks import PREDICTION_CHUNK
from shared.errors import SpecError, UserError

BAD = "\N{REPLACEMENT CHARACTER}"


def encode(text, metadata):
    """A step for each character; X is unknown."""
    if "X" in text:
        raise SpecError(f"text '{text}' has X")
    x = np.array([[ord(c) for c in text]], np.int32)
    return x, np.array([x.shape[1]])


CODEC = SimpleNamespace(encode=encode)


@pytest.fixture
def reader(tmp_path):
    def reader(content, *given, encoding=None):
        (tmp_path / "in.txt").write_bytes(content)
        file = str(tmp_path / "in.txt")
        options = Namespace(text=[*given], file=file, encoding=encoding)
        return Texts(options, CODEC, {})

    return reader


def test_answers_and_lines_correspond(reader, capsys):
    found = reader(b"ab\n\n \nX\nd\xe9\nc\n", "text")
    (batch,) = in_batches(found)
    wanted = ["text", "ab", "", " ", "X", f"d{BAD}", "c"]
    assert [example.text for example in batch] == wanted
    answers = answered(batch, lambda readable: [e.text for e in readable])
    assert [answer for _, answer in answers] == [
        *("text", "ab", None, None, None, None, "c")
    ]
    assert found.unreadable == 2
    first, second = capsys.readouterr().err.splitlines()
    assert "in.txt, line 4: skipped: text 'X' has X" in first
    assert "in.txt, line 5: skipped: not UTF-8" in second


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\n \n\n", "has only blank lines"),
        (b"X\n", "line 1: text 'X' has X"),
        (b"\nX\nX\n", "line 2: text 'X' has X; nor can another of its"),
    ],
)
def test_a_file_without_a_readable_line_is_refused(
    reader, capsys, content, words
):
    with pytest.raises(UserError, match=words):
        list(reader(content))
    assert capsys.readouterr().err == ""


def test_an_endless_file_without_a_readable_line_is_given_up(
    reader, monkeypatch
):
    monkeypatch.setattr(text_files, "HELD", 3)
    assert len(list(reader(b"X\n\na\nX\nX\nX\n"))) == 6
    with pytest.raises(UserError, match=r"line 1: .* of the first 3 lines of"):
        list(reader(b"X\n\nX\na\n"))
    with pytest.raises(UserError, match=r"first 3 lines of .*txt' are blank"):
        list(reader(b"\n\n\na\n"))


def test_many_bad_lines_are_counted(reader, monkeypatch, capsys):
    monkeypatch.setattr(text_files, "NOTED", 2)
    found = reader(b"a\n" + b"X\n" * 1500)
    assert len(list(found)) == 1501
    first, second, last = capsys.readouterr().err.splitlines()
    assert "line 2:" in first
    assert "line 3:" in second
    assert last.startswith("compare.py: 1,498 more lines of '")


def test_a_text_of_too_many_steps_costs_itself(reader, monkeypatch):
    monkeypatch.setattr(text_files, "LONGEST", 5)
    found = list(reader(b"abcdef\nabcde\n"))
    assert [example.readable for example in found] == [False, True]
    assert "it has 6 words or characters, over 5" in found[0].fault


def test_long_texts_make_small_batches(reader, monkeypatch):
    monkeypatch.setattr(texts, "BATCH_STEPS", 100)
    found = in_batches(reader(b"a\n" * 9 + b"b" * 50 + b"\n" + b"c\n" * 3))
    assert [len(batch) for batch in found] == [9, 2, 2]


def test_a_batch_is_read_before_the_next_line(tmp_path, reader):
    found = in_batches(reader(b"a\n" * (3 * PREDICTION_CHUNK) + b"\xff"))
    assert [len(b) for b in islice(found, 3)] == [PREDICTION_CHUNK] * 3


def test_an_encoding_is_of_a_file():
    options = Namespace(text=["a"], file=None, encoding="latin-1")
    with pytest.raises(UserError, match="--encoding is of --file"):
        Texts(options, CODEC, {})
