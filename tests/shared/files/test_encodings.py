"""Text of any encoding: read, or refused in one line that says what it is."""

from __future__ import annotations

import ast
import gzip
from pathlib import Path

import pytest

from shared.errors import DataError, SpecError
from shared.files import decoding
from shared.files.encodings import check_encoding
from shared.files.io import numbered_lines, read_text

ROOT = Path(__file__).parents[3]

TEXT = "text,label\nZ\u00fcrich,a\nfoo,b\n"
CHINESE = "\u4eca\u5929\u5929\u6c14\u5f88\u597d,\u6211\u4eec\n\u4e00\u6837\n"
RUSSIAN = (
    "\u043f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440\n\u0434\u0430\n"
)
MARK = "\ufeff"


def lines_of(path: Path, content: bytes, encoding: str) -> list[str]:
    path.write_bytes(content)
    return [line for _, line in numbered_lines(path, encoding)]


@pytest.mark.parametrize(
    ("stored", "encoding"),
    [
        ("utf-8-sig", "utf-8"),
        ("utf-8-sig", "UTF8"),
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf_16"),
        ("utf-16", "utf-16-be"),  # the mark decides
        ("utf-32", "utf-32"),
        ("utf-32-le", "utf-32"),
        ("utf-32-be", "U32"),
        ("gb18030", "gb18030"),
        ("utf-7", "utf-7"),
    ],
)
@pytest.mark.parametrize("text", [TEXT, CHINESE, RUSSIAN])
@pytest.mark.parametrize("size", [1, 3, 1 << 20])
def test_a_text_is_read_with_and_without_a_mark(
    tmp_path, monkeypatch, stored, encoding, text, size
):
    """Characters may be cut between two blocks."""
    content = text.encode(stored)

    def cut(path: Path, compressed: bool):
        first = min(60, len(content))
        yield content[:first]
        for start in range(first, len(content), size):
            yield content[start : start + size]

    monkeypatch.setattr(decoding, "read_blocks", cut)
    found = lines_of(tmp_path / "a", content, encoding)
    assert found == text.splitlines()


UTF16, UTF32 = "; it is UTF-16: --encoding utf-16", "--encoding utf-32"


@pytest.mark.parametrize(
    ("content", "encoding", "words"),
    [
        (TEXT.encode("utf-16"), "utf-8", "line 1: not UTF-8 (inv"),
        (TEXT.encode("utf-16"), "utf-8", UTF16),
        (TEXT.encode("utf-16-le"), "utf-8", "line 1: a NUL byte, which"),
        (TEXT.encode("utf-16-le"), "utf-8", UTF16),
        (TEXT.encode("utf-16-be"), "latin-1", UTF16),
        (RUSSIAN.encode("utf-16-le"), "cp1251", UTF16),
        (CHINESE.encode("utf-16-be"), "utf-8", UTF16),
        (TEXT.encode("utf-16-le"), "utf-32", UTF16),
        (TEXT.encode("utf-32"), "utf-8", UTF32),
        (TEXT.encode("utf-32-be"), "utf-16", UTF32),
        (TEXT.encode(), "utf-16", "is not UTF-16; it is UTF-8: --encoding utf"),
        (TEXT.encode(), "utf-32-le", "is not UTF-32-LE; it is UTF-8"),
        ((MARK + TEXT).encode(), "latin-1", "not LATIN-1; it is UTF-8: --enc"),
        (b"a\nb\x81", "cp1252", "line 2: not CP1252 (character maps to <un"),
        (b"a\nb\x81", "cp1252", "at byte 1); --encoding names another"),
        (b"a\nb\x81", "cp1252", "such as latin-1"),
        (b"a\rb\r\r\n\xff", "utf-8", "line 3: not UTF-8"),
        ("a\u2028b\x0cc\x85\n".encode() + b"\xff", "utf-8", "line 2: not"),
        (b"\xc3\xa9\xc3", "utf-8", "unexpected end of data at byte 2"),
        (CHINESE.encode("gb18030")[:-2], "gb18030", "line 2: not GB18030 (inc"),
        (gzip.compress(b"x", mtime=0), "utf-8", "; it is compressed by gzip"),
        (b"PK\x03\x04\xff", "utf-8", "; it is a workbook, or a ZIP archive"),
    ],
)
def test_bytes_of_another_encoding_are_named(
    tmp_path, content, encoding, words
):
    with pytest.raises(DataError) as error:
        lines_of(tmp_path / "a.txt", content, encoding)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode("utf-16")[:-1], "utf-16"),
        (TEXT.encode("utf-16-le")[:-1], "utf-16-le"),
        (TEXT.encode("utf-32")[:-3], "utf-32"),
        (b"text,label\nx\0,a\n", "utf-8"),
        (b"text,label\n\0\0\0\0\0\0x,a\n", "latin-1"),
        (bytes(range(256)), "utf-8"),
    ],
)
def test_no_advice_where_another_encoding_does_not_help(
    tmp_path, content, encoding
):
    with pytest.raises(DataError) as error:
        lines_of(tmp_path / "a.txt", content, encoding)
    assert "--encoding" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "encoding", "first"),
    [
        ("Фильм очень хороший, всем советую\n" * 20, "koi8-r", "koi8-r"),
        ("Фильм очень хороший, всем советую\n" * 20, "cp1251", "cp1251"),
        (CHINESE * 2000, "gbk", "gb18030"),
        ("\u3053\u308c\u306f\u6587\u3067\u3059\n" * 20, "cp932", "shift_jis"),
        ("\uc774\uac83\uc740 \ubb38\uc7a5\n" * 20, "cp949", "euc-kr"),
        ("Stra\xdfe in Z\xfcrich\n" * 20, "cp1252", "cp1252"),
        ("it\u2019s a house\n" * 20, "cp1252", "cp1252"),
        ("\xe9\n", "cp1252", "cp1252"),
    ],
)
def test_the_encoding_of_the_script_is_advised_and_reads_it(
    tmp_path, text, encoding, first
):
    path, content = tmp_path / "a.txt", text.encode(encoding)
    with pytest.raises(DataError, match=f"such as {first}(,| or) "):
        lines_of(path, content, "utf-8")
    assert lines_of(path, content, first) == text.splitlines()


def test_a_file_that_is_compressed_twice_is_said_to_be(tmp_path):
    content = gzip.compress(gzip.compress(TEXT.encode()))
    with pytest.raises(DataError, match="compressed twice; decompress"):
        lines_of(tmp_path / "a.txt.gz", content, "utf-8")


def test_a_command_without_the_option_is_not_advised_to_use_it(tmp_path):
    path = tmp_path / "a.txt"
    for content, words in (
        (b"a\xff", "at byte 1)"),
        (TEXT.encode("utf-16"), "it is UTF-16"),
    ):
        path.write_bytes(content)
        with pytest.raises(DataError) as error:
            read_text(path, option="")
        assert str(error.value).endswith(words)


@pytest.mark.parametrize(
    "name",
    [
        *("punycode", "idna", "rot13", "hex", "zlib", "base64", "undefined"),
        *("unicode_escape", "raw_unicode_escape", "mbcs", "oem", "charmap"),
        *("", "utf-9", "a\0b", "utf\n8", "\ud800"),
    ],
)
def test_what_is_no_encoding_of_a_file_is_unknown(name):
    with pytest.raises(SpecError, match="unknown encoding"):
        check_encoding(name)


def test_line_ends_of_all_systems_count_as_editors_count(tmp_path):
    path = tmp_path / "a"
    content = b"a\rb\nc\r\n\rd\r\r\ne"
    assert lines_of(path, content, "utf-8") == ["a", "b", "c", "", "d", "e"]
    assert read_text(path) == "a\nb\nc\n\nd\ne\n"
    assert lines_of(path, b"\r" * 50, "utf-8") == [""] * 50
    assert lines_of(path, MARK.encode(), "utf-8") == []


def test_lines_before_a_bad_one_are_read(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"a\nb\nc\xff\nd\n")
    found = []
    with pytest.raises(DataError, match="line 3"):
        found += (line for _, line in numbered_lines(path))
    lines = numbered_lines(path)
    assert [next(lines), next(lines)] == [(1, "a"), (2, "b")]


@pytest.mark.parametrize("package", ["shared", "comparisons/reader"])
def test_every_text_file_is_opened_with_an_encoding(package):
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(
                node.func, ast.Attribute
            ):
                given = len(node.args) + len(node.keywords)
                name = node.func.attr
                bare = name == "read_text" and not given
                bare |= name == "write_text" and given < 2
                assert not bare, f"{path}:{node.lineno}"
