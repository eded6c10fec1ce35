"""Headers of several lines, cells of Excel, totals, and other kinds."""

from __future__ import annotations

import io
import zipfile

import pytest

from shared.datasets.user.series import UserSeries, read_own
from shared.errors import DataError
from shared.files.tables.format import TableFormat
from shared.files.tables.reading import read_rows

DAYS = [f"2024-01-{day:02}" for day in range(1, 21)]
ROWS = "".join(f"{day},{n}.5,1\n" for n, day in enumerate(DAYS))
VALUES = [n + 0.5 for n in range(20)]
PANDAS = "Ticker,SPY,SPY\nDate,,\n"


def read(tmp_path, content: str | bytes, target="Close", name="a.csv", **own):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    options = {"time_column": "Date", "target_column": target} | own
    return read_own(UserSeries(data=str(path), **options), multivariate=False)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Price,Close,High\n" + PANDAS + ROWS, "Close"),
        (",Close,Close\n,A,B\nDate,,\n" + ROWS, "A"),
        (",Close,High\n,A,B\nDate,,\n" + ROWS, "Close A"),
        ("Date,Close,High\n,SPY,SPY\n" + ROWS, "Close"),
        ("Date,Close,High\n,USD,\n" + ROWS, "Close"),
        ("Date,Close,High\nYYYY-MM-DD,USD,-\n" + ROWS, "Close"),
        (
            'Date,Close,High\n"",[USD],[%]\n' + ROWS.replace("1\n", "1e-5\n"),
            "Close",
        ),
        ('="Date",="Close",High\n' + ROWS, "Close"),
        ("Date,Close,High\n--- | ---,,\n" + ROWS, "Close"),
        (
            "Date,Close,High\n"
            + "".join(f'="{d}","=""{v}""",1\n' for d, v in zip(DAYS, VALUES)),
            "Close",
        ),
        (
            "Date,Close,High\n"
            + ROWS.replace("2024-01-09", "\ufeff2024-01-09"),
            "Close",
        ),
    ],
)
def test_every_row_of_values_is_read(tmp_path, text, target):
    assert read(tmp_path, text, target).values[:, 0].tolist() == VALUES


def test_boxes_of_a_database_are_no_rows(tmp_path):
    rule = "+------------+-----+\n"
    rows = ROWS.replace(",1\n", " |\n").replace(",", " | ")
    box = rows.replace("2024", "| 2024")
    text = f"{rule}| Date | Close |\n{rule}{box}{rule}"
    found = read(tmp_path, text, name="a.txt")
    assert found.values[:, 0].tolist() == VALUES


def test_a_row_of_units_is_noted(tmp_path):
    found = read(tmp_path, "Date,Close,High\n,USD,-\n" + ROWS)
    assert "line 2 holds units or more names: USD, -" in found.notes


def test_a_row_of_values_is_not_taken_for_units(tmp_path):
    text = "Date,Close,High\n2023-12-31,n/a,x\n" + ROWS
    assert len(read(tmp_path, text, fill="linear").values) == 21


HEAD = "Date,Close,High\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + ROWS + "Total,200,20\n", "line 22: the last row holds totals"),
        (HEAD + ROWS + "Summe:,200,\n", "line 22: the last row holds totals"),
        (HEAD + ROWS + "Source: me\n", "line 22: a row of length 1"),
        (HEAD + ROWS + HEAD, "line 22: the names of the columns come again"),
        ("-- MySQL dump 10\n--\nINSERT INTO t VALUES (1);\n", "a dump of SQL"),
        ("CREATE TABLE t (a int, b int);\n", "a dump of SQL"),
        ("<?xml version='1.0'?>\n<html>\n", "a web page, not a table"),
        ("<table><tr><td>1</td></tr></table>\n", "a web page, not a table"),
        ("<?xml version='1.0'?>\n<rows>\n", "XML, not a table"),
        ("%PDF-1.4\n1 0 obj\n", "a PDF file"),
        (b"SQLite format 3\0" + bytes(80), "a database of SQLite"),
        (b"\x80\x04\x95" + bytes(80), "a pickle"),
        (b"\x89HDF\r\n\x1a\n" + bytes(80), "an HDF5 file"),
        (b"PAR1" + bytes(80), "a Parquet file"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_line(tmp_path, text, words):
    with pytest.raises(DataError) as error:
        read(tmp_path, text)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_totals_within_a_table_are_a_row(tmp_path):
    text = HEAD + ROWS.replace("2024-01-20", "Total", 1)
    with pytest.raises(DataError, match="totals"):
        read(tmp_path, text, time_column="none")
    own = HEAD + "Total,1.5,1\n" + ROWS
    assert len(read(tmp_path, own, time_column="none").values) == 21


def test_a_last_text_that_begins_with_a_total_is_a_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,label\nfine,good\ntotal,bad\n")
    rows = list(read_rows(path, ("text", "label"), TableFormat()))
    assert rows[-1] == ("line 3", ["total", "bad"])


def test_a_workbook_is_distinguished_from_other_archives(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    for name in ("a.csv", "a.xlsx"):
        with pytest.raises(DataError, match=r"save it as CSV \(UTF-8\)"):
            read(tmp_path, content.getvalue(), name=name)
