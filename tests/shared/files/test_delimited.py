"""Tables as programs write them: recognized, or refused in one line."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest

from shared.errors import DataError, SpecError
from shared.files.tables.format import TableFormat
from shared.files.tables.reading import column_names, read_rows, settled
from shared.files.user_file import UserNumbers, UserTable

ROWS = [[f"{word} {i}", word] for i in range(6) for word in ("good", "bad")]
COMMA, SEMICOLON, TAB, PIPE = (
    "".join(sign.join(row) + "\n" for row in ROWS) for sign in ",;\t|"
)
DOUBLE = "".join(f"x,{text},x,{label}\n" for text, label in ROWS)
HEAD = "text,label\n"
NUMBERED = "".join(f'"{i}" "good" "b"\n' for i in range(1, 9))


def read(
    tmp_path: Path, content: str | bytes, name: str = "a.csv", **options: object
) -> list[list[str]]:
    """The rows of `text` and `label`, or of 1 and 2 without a header."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    columns = ("1", "2") if "header" in options else ("text", "label")
    form = TableFormat.of(UserTable(data=str(path), **options))
    return [values for _, values in read_rows(path, columns, form)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "text;label\n" + SEMICOLON),
        ("a.csv", "text|label\n" + PIPE),
        ("a.csv", "text\tlabel\n" + TAB),
        ("a.tsv", HEAD + COMMA),
        ("a.tab", "text\tlabel\n" + TAB),
        ("a.txt", "text\tlabel\n" + TAB),
        ("a.txt", "text;label\n" + SEMICOLON),
        ("a.data", HEAD + COMMA),
        ("a.csv", "sep=;\ntext;label\n" + SEMICOLON),
        ("a.csv", '"SEP=\t"\r\ntext\tlabel\n' + TAB),
        ("a.csv", "sep=,,\n" + HEAD + COMMA),
        ("a.csv", "# by me, in 2024\n#\n" + HEAD + COMMA),
        ("a.csv", 'A title,,\n"Quarter, one",,\n\n' + HEAD + COMMA),
        ("a.csv", 'A "title\n"with a mark\n' + HEAD + COMMA),
        ("a.csv", "# text,label\n" + COMMA),
        ("a.csv", "text,label,,\n" + COMMA.replace("\n", ",,\n") + ",,,\n,,\n"),
        ("a.csv", HEAD + COMMA.replace("\n", ",\n")),
        ("a.csv", HEAD + " , \n" + COMMA + ",\n"),
        ("a.csv", (HEAD + COMMA).replace("\n", "\r")),
        ("a.csv", "\ufeff" + (HEAD + COMMA).replace("\n", "\r\n")),
        ("a.csv", "\n\n" + (HEAD + COMMA).replace("\n", "\n\n")),
        ("a.csv", " Text ,LABEL\n" + COMMA),
        ("a.csv", "text,Text,label\n" + COMMA.replace(",", ",x,")),
        ("a.csv", "x,text,x,label\n" + DOUBLE),
        ("a.tsv", '"text"\t"label"\n' + TAB.replace("good\n", '"good"\n')),
    ],
)
def test_a_table_is_recognized(tmp_path, name, content):
    assert read(tmp_path, content, name) == ROWS
    packed = gzip.compress(content.encode())
    assert read(tmp_path, packed, f"{name}.gz") == ROWS


def zipped(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), HEAD + COMMA)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv.bz2", bz2.compress((HEAD + COMMA).encode())),
        ("a.csv.XZ", lzma.compress((HEAD + COMMA).encode())),
        ("a.zip", zipped("b/a.csv", "__MACOSX/b/._a.csv", "b/.DS_Store")),
        ("a.csv.zip", zipped("a.csv")),
        ("b.zip", zipped("a.csv", "_about.txt", "README.md", "LICENSE")),
    ],
)
def test_a_compressed_table_is_read(tmp_path, name, content):
    assert read(tmp_path, content, name) == ROWS


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.csv.bz2", bz2.compress(b"x" * 99)[:-9], "is no whole bzip2 file"),
        ("a.csv.bz2", b"text,label", "is no whole bzip2 file"),
        ("a.csv.xz", lzma.compress(b"x" * 99)[:-9], "is no whole xz file"),
        ("a.zip", zipped("a.csv")[:-30], "is no whole ZIP file"),
        ("a.zip", zipped(), "holds 0 files, not one"),
        ("a.zip", zipped("a.csv", "b.csv"), "holds 2 files, not one (a.csv, b"),
        (
            "a.zip",
            zipped("a.py"),
            "'a.py': unknown ending '.py'; choices: .csv",
        ),
        ("a.csv", zipped("a.csv"), "a ZIP archive; a name that ends in .zip"),
    ],
)
def test_a_compressed_table_that_is_none_is_one_line(
    tmp_path, name, content, text
):
    with pytest.raises(DataError) as caught:
        read(tmp_path, content, name)
    assert text in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        ("a.csv", COMMA, {"header": "none"}),
        ("a.csv", "# by me\n" + SEMICOLON, {"header": "none"}),
        ("a.dat", TAB, {"header": "none"}),
        ("a.csv", "a,b\ntext,label\n" + HEAD + COMMA, {"skip_rows": 2}),
        ("a.csv", "text;label\n" + SEMICOLON, {"delimiter": "semicolon"}),
        ("a.csv", "text:label\n" + COMMA.replace(",", ":"), {"delimiter": ":"}),
        ("a.csv", "text\tlabel\n" + TAB, {"delimiter": "\\t"}),
    ],
)
def test_options_say_what_is_not_certain(tmp_path, name, content, options):
    assert read(tmp_path, content, name, **options) == ROWS


def test_blanks_separate_columns_of_numbers(tmp_path):
    lines = "".join(f"  {i}   {i * 2.5}\n" for i in range(9))
    rows = [[str(i), str(i * 2.5)] for i in range(9)]
    assert read(tmp_path, f"text   label\n{lines}", "a.txt") == rows
    assert read(tmp_path, lines, "a.dat", header="none") == rows


def test_a_column_of_row_numbers_may_lack_a_name(tmp_path):
    rows = [["good", "b"]] * 8
    assert read(tmp_path, '"text" "label"\n' + NUMBERED, "a.txt") == rows
    commas = '"","text","label"\n' + NUMBERED.replace(" ", ",")
    assert read(tmp_path, commas) == rows


@pytest.mark.parametrize(
    ("content", "options", "expected"),
    [
        ('"hi\ta\n5" pipe\tb\n', {}, [['"hi', "a"], ['5" pipe', "b"]]),
        ('"hi"\ta\n""\tb\n', {}, [['"hi"', "a"], ['""', "b"]]),
        ('"hi"\ta\n', {"quoting": "standard"}, [["hi", "a"]]),
        ('"hi\nyou"\ta\n', {}, [["hi\nyou", "a"]]),
        ('"hi\tyou"\ta\nx\tb\n', {}, [["hi\tyou", "a"], ["x", "b"]]),
    ],
)
def test_quotation_marks_between_tabs_are_signs(
    tmp_path, content, options, expected
):
    found = read(tmp_path, f"text\tlabel\n{content}", "a.tsv", **options)
    assert found == expected


def test_quotation_marks_between_commas_may_be_signs(tmp_path):
    content = HEAD + '"hi,a\n'
    assert read(tmp_path, content, quoting="none") == [['"hi', "a"]]


@pytest.mark.parametrize(
    ("name", "content", "options", "words"),
    [
        ("a.csv", COMMA, {}, "line 1: unknown column 'text'; choices: "),
        ("a.csv", COMMA, {}, "; --header none reads a file without a"),
        ("a.csv", "1,2\n3,4\n", {}, "; --header none reads a file"),
        ("a.csv", "a;1,5\nb;2,5\n", {"header": "none"}, "',' or ';'; --delim"),
        ("a.csv", "a;1,5\nb;,\n", {"header": "none"}, "',' or ';'; --delim"),
        ("a.csv", COMMA + "x\n", {"header": "none"}, "line 13: a row of le"),
        ("a.txt", "a b\tc\nd e\n", {"header": "none"}, "line 2: a row of le"),
        ("a.csv", COMMA, {"header": "none", "delimiter": ";"}, "unknown colum"),
        ("a.csv", "Text,TEXT,label\n", {}, "unknown column 'text'"),
        ("a.csv", HEAD + COMMA + "a, b,c\n", {}, "line 14: a row of length 3"),
        ("a.csv", "text;label\nx;a;b\n", {}, "line 2: a row of length 3"),
        ("a.csv", "t\n\n" + HEAD + COMMA + "x\n", {}, "line 16: a row of"),
        ("a.csv", HEAD + '"x,a\n' + COMMA + '"y",b\n', {}, "--quoting none"),
        ("a.csv", HEAD + '"a \\"b\\", c",d\n', {}, "line 2: ',' expected"),
        ("a.csv", HEAD + "1,good,bad\n2,good,bad\n", {}, "line 2: a row of"),
        (
            "a.tsv",
            "text\tlabel\n" + TAB * 60 + '"x\ny"\ta\n',
            {},
            "line 722: a row of length 1 under 2 columns; --quoting standard",
        ),
        ("a.xlsx", "", {}, "a spreadsheet is not read; save it as CSV"),
        ("a.csv.zst", "", {}, "in this way is not read; decompress it"),
        ("a.json", "[]", {"delimiter": ";"}, "--delimiter is for delimited"),
        ("a.parquet", "", {"skip_rows": 3}, "--skip-rows is for delimited"),
    ],
)
def test_what_is_not_certain_is_one_line(
    tmp_path, name, content, options, words
):
    with pytest.raises(DataError) as error:
        read(tmp_path, content, name, **options)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "names", "delimiter"),
    [
        ("time;value;x\n1;2;3\n", ["time", "value", "x"], ";"),
        ("title\n\n,time,value,\n0,1,2,\n", ["1", "time", "value"], ","),
        (",value\n2001-01-31,2\n", ["1", "value"], ","),
        (",1\n2001-01-31,2\n", ["1"], ","),
        ("value\n1\n", ["value"], ","),
        ("time   value\n  9     1\n 10    12\n", ["time", "value"], " "),
        ("", [], "auto"),
    ],
)
def test_the_columns_of_a_file_are_listed(tmp_path, content, names, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(content)
    assert column_names(path, TableFormat()) == names
    assert settled(path, names[:1], TableFormat()).delimiter == delimiter


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"delimiter": "::"}, "delimiter '::' is no single sign; choices: "),
        ({"decimal": ""}, "decimal '' is no single sign"),
        ({"decimal": ",", "thousands": ","}, "decimal and thousands are both"),
        ({"header": "2"}, "unknown header '2'; choices: first, none"),
        ({"skip_rows": -1}, "skip_rows must be at least 0"),
    ],
)
def test_impossible_formats_are_named(options, words):
    with pytest.raises(SpecError, match=words):
        UserNumbers(data="a.csv", **options)


def test_a_format_needs_a_file():
    with pytest.raises(SpecError, match="delimiter ';' needs a file of your o"):
        UserNumbers(delimiter=";")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<!DOCTYPE html>\n<html>", "is a web page, not a table"),
        ("version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        ('[{"text": "a"}]', "is JSON; a name that ends in .json says so"),
        (HEAD + COMMA + "Total\n", "; correct or remove this line"),
        (HEAD + "a, b,c\n", "a field with ',' needs quotation marks"),
    ],
)
def test_what_is_no_table_is_said(tmp_path, content, text):
    with pytest.raises(DataError) as caught:
        read(tmp_path, content)
    assert text in str(caught.value)


def test_the_end_of_a_file_of_dos_is_no_row(tmp_path):
    assert read(tmp_path, HEAD + COMMA + "\x1a") == ROWS
    assert read(tmp_path, "\u200b" + HEAD + COMMA) == ROWS


def test_decimal_commas_without_quotation_marks_are_one_line(tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f"2023-01-{day:02},{day},5\n" for day in range(1, 20))
    path.write_text(f"date,amount\n{rows}")
    with pytest.raises(DataError, match="line 2: a row of length 3 under 2"):
        list(read_rows(path, ("date", "amount"), TableFormat()))
    assert column_names(path, TableFormat(), ("x",)) == ["date", "amount"]


def test_a_delimiter_that_is_not_found_is_requested(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text~label\nfine~good\n")
    with pytest.raises(DataError, match="--delimiter and --quoting say how"):
        list(read_rows(path, ("text", "label"), TableFormat()))
    path.write_text("text\nfine\n")
    with pytest.raises(DataError) as caught:
        list(read_rows(path, ("text", "label"), TableFormat()))
    assert "--delimiter" not in str(caught.value)
    path.write_text("text~label\nfine~good\n")
    form = TableFormat(delimiter="~")
    assert len(list(read_rows(path, ("text", "label"), form))) == 1
