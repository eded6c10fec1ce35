"""Files with one text per line: a bad line costs itself alone."""

import gzip
import tracemalloc

import pytest

from comparisons.arguments import text_lines
from comparisons.arguments.text_lines import lines_of
from shared.errors import UserError


@pytest.fixture
def read(tmp_path):
    """What the lines of a file with this content are."""

    def read(content, encoding=None, name="in.txt"):
        path = tmp_path / name
        path.write_bytes(content)
        return list(lines_of(str(path), encoding))

    return read


CONTENTS = {
    "a mark": (b"\xef\xbb\xbfa\nb\n", None),
    "Windows ends": (b"a\r\nb\r\n", None),
    "old Mac ends": (b"a\rb\r", None),
    "no last end": (b"a\nb", None),
    "UTF-16, a mark": ("a\nb\n".encode("utf-16"), "utf-16"),
    "UTF-16, no mark": ("a\nb\n".encode("utf-16-be"), "utf-16"),
    "UTF-16, named": ("a\r\nb".encode("utf-16-be"), "utf-16-be"),
    "a mark, named": (b"\xef\xbb\xbfa\nb\n", "utf-8-sig"),
    "compressed": (gzip.compress(b"a\nb\n"), None),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_lines_are_read_whatever_ends_and_begins_them(read, case):
    content, encoding = CONTENTS[case]
    name = "in.txt.gz" if case == "compressed" else "in.txt"
    found = read(content, encoding, name)
    assert found == [(1, "a", ""), (2, "b", "")]


def test_signs_that_end_no_line_are_kept(read):
    text = "a\x0bb\x0cc\x85d\u2028e"
    assert [line.text for line in read(text.encode())] == [text]


BYTES = {
    b"d\xe9\xe7u": ("not UTF-8 (byte 0xe9, character 2); --encoding", None),
    b"\xff": ("not UTF-8 (byte 0xff, character 1); --encoding", None),
    b"\xed\xa0\x80": ("not UTF-8 (byte 0xed, character 1); --enc", None),
    b"a\0b": ("a NUL byte, which no text has", None),
    b"a\x81b": ("not CP1252 (byte 0x81, character 2)", "cp1252"),
    b"a\x80b": ("not ASCII (byte 0x80, character 2)", "ascii"),
}


@pytest.mark.parametrize("content", BYTES)
def test_bad_bytes_spoil_their_line_alone(read, content):
    words, encoding = BYTES[content]
    found = read(b"one\n" + content + b"\nthree\n", encoding)
    assert [line.number for line in found] == [1, 2, 3]
    assert [found[0].text, found[2].text] == ["one", "three"]
    assert [found[0].fault, found[2].fault] == ["", ""]
    assert found[1].fault.startswith(words)
    assert not (encoding and "--encoding" in found[1].fault)
    assert found[1].text.isprintable() or "\0" in found[1].text


REFUSED = {
    "empty": (b"", None, "in.txt", "has no line"),
    "cut": (gzip.compress(b"a\nb" * 99)[:-9], None, "in.gz", "no whole gzip"),
    "no gzip": (b"a\n", None, "in.gz", "no whole gzip"),
    "named wide": (
        b"a word\n",
        "utf-16",
        "in.txt",
        "is not UTF-16; it is UTF-8",
    ),
    "punycode": (b"a-\n", "punycode", "in.txt", "unknown encoding"),
    "unknown": (b"a\n", "utf-88", "in.txt", "did you mean 'utf-8'"),
    "no text": (b"a\n", "base64", "in.txt", "unknown encoding 'base64'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_is_named_in_one_line(read, case):
    content, encoding, name, words = REFUSED[case]
    with pytest.raises(UserError) as refused:
        read(content, encoding, name)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("size", [10, 11, 12, 21, 22, 23, 95])
def test_a_very_long_line_costs_itself(read, monkeypatch, size):
    monkeypatch.setattr(text_lines, "LONGEST", 10)
    found = read(b"a\n" + b"x" * size + b"\nb")
    assert [line.text for line in found][::2] == ["a", "b"]
    fault = "it has more than 10 characters" if size > 10 else ""
    assert found[1].fault == fault
    assert len(found) == 3


def test_a_line_without_an_end_is_given_up(read, monkeypatch):
    monkeypatch.setattr(text_lines, "LONGEST", 10)
    monkeypatch.setattr(text_lines.limits, "LINE", 100)
    with pytest.raises(UserError, match="has a line of more than 100 char"):
        read(b"x" * 200)


def test_memory_does_not_grow_with_a_line_or_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(text_lines, "LONGEST", 10_000)
    path = tmp_path / "in.txt"
    with path.open("wb") as file:
        file.write(b"x" * 3_000_000 + b"\n")
        file.writelines(b"a line\n" for _ in range(5000))
    tracemalloc.start()
    faults = [line.number for line in lines_of(str(path), None) if line.fault]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert faults == [1]
    assert peak < 500_000


def test_what_a_file_is_instead_is_said(read):
    wide = read("a word\nanother\n".encode("utf-16"))
    assert wide[0].fault.endswith("; it is UTF-16: --encoding utf-16")
    archive = read(b"PK\x03\x04\xff\n")
    assert "; it is a workbook, or a ZIP archive" in archive[0].fault
