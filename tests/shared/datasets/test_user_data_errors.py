"""A bad user file: one line that names it and the error."""

from __future__ import annotations

import gzip
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from comparisons.arguments.options import parse_options
from comparisons.runs.plan import make_plan
from shared.datasets.user.labelled import read_table
from shared.datasets.user.tagged import read_tags
from shared.errors import DataError, SpecError, UserError
from shared.files.user_file import UserTable, UserTags, pinned

HEAD = "text,label\n"
GOOD = HEAD + "".join(f"good {i},a\nbad {i},b\n" for i in range(6))
OBJECT = '{"text": "x", "label": "a"}\n'
SENTENCE = "It\tPRON\nworks\tVERB\n\n"

packed = partial(gzip.compress, mtime=0)  # the same bytes at any time

TABLES = [
    ("a.csv", HEAD, "has no rows"),
    ("a.csv", "", "has no rows"),
    ("a.csv", "txt,label\nx,a\n", "line 1: unknown column 'text'; did you"),
    (
        "a.csv",
        "txt,label\nx,a\n",
        "choices: label, txt (flags ending in -column say",
    ),
    ("a.csv", "text,text,label\nx,y,a\n", "line 1: 2 columns are called"),
    ("a.csv", GOOD + " ,a\n", "line 14: no text in column 'text'"),
    ("a.csv", GOOD + "x,\n", "line 14: no text in column 'label'"),
    ("a.csv", GOOD + "x,y,a\n", "line 14: a row of length 3 under 2 columns"),
    ("a.csv", GOOD + "x\n", "line 14: a row of length 1 under 2 columns"),
    ("a.csv", GOOD + '"x\ny",a\n\nz\n', "line 17: a row of length 1"),
    ("a.csv", GOOD + '"x\ny",a\n"z,b\nw,a\n', "line 16: unexpected end"),
    ("a.csv", GOOD + '"x"y,a\n', "line 14: ',' expected after"),
    ("a.csv", GOOD + "x\0,a\n", "line 14: a NUL byte"),
    ("a.csv", HEAD + "x,a\ny,a\n", "has one class only: 'a'"),
    ("a.csv", HEAD + "x,a\ny,b\n", "has 2 classes, of which 0 have 6"),
    ("a.csv", HEAD + "x,a\n" * 9 + "y,b\n" * 9, "of which 0"),
    ("a.csv", b"text,label\nx,a\n\nb\xf6se,b\n", "line 4: not UTF-8"),
    ("a.csv", b"text,label\nb\xf6se,b\n", "at byte 1); --encoding names"),
    ("a.csv", GOOD.encode("utf-16"), "line 1: not UTF-8"),
    ("a.csv", GOOD.encode("utf-16-le"), "line 1: a NUL byte"),
    (
        "a.tsv",
        "text\tlabel\nx,a\n",
        "line 2: a row of length 1 under 2 columns",
    ),
    ("a.csv.gz", packed(GOOD.encode())[:-9], "is no whole gzip file"),
    ("a.csv.gz", packed(b"x\xf6")[:-9], "is no whole gzip file"),
    ("a.csv.gz", GOOD, "is no whole gzip file"),
    ("a.jsonl", OBJECT + "[1]\n", "line 2: '[1]' is no JSON object"),
    ("a.jsonl", OBJECT + "{x}\n", "line 2: '{x}' is no JSON ("),
    ("a.jsonl", OBJECT + "[" * 99999, "line 2: '[[["),
    ("a.jsonl", OBJECT + '\n{"text": "x"}\n', "line 3: unknown column 'label'"),
    ("a.jsonl", '{"text": "x", "label": null}', "line 1: no text in column"),
    ("a.jsonl", '{"text": ["x"], "label": 1}', "line 1: column 'text' holds"),
    ("a.jsonl", '{"text": "\\u0000", "label": 1}', "line 1: a NUL byte in"),
    ("a.jsonl", '{"text": "\\ud800", "label": 1}', "line 1: half a surrogate"),
    ("a.parquet", GOOD, "cannot be read as Parquet: "),
    ("a.xlsx", GOOD, "a spreadsheet is not read; save it as CSV"),
    ("a", GOOD, "unknown ending ''; choices: .csv, .dat, .data, "),
]
TAGGED = [
    (SENTENCE + "It\nworks\tVERB\n", "line 4: no tag: 'It' is not word, tab"),
    ("EU NNP B-NP B-ORG\n", "has one tag only: 'B-ORG'"),
    (SENTENCE + "It\tPRON\t3\n", "line 4: 3 columns, not 2: 'It\\tPRON\\t3'"),
    ("1\tIt" + "\t_" * 8, "line 1: 'It' has no tag in column 4"),
    (SENTENCE + "It\tPR\0N\n", "line 4: a NUL byte"),
    (SENTENCE.encode() + b"b\xf6se\tX\n", "line 4: not UTF-8"),
    ("It\tX\n\nworks\tX\n", "has one tag only: 'X'"),
    (SENTENCE * 9, "has 1 different sentences, not 6"),
    ("\n", "has no sentence"),
]


def write_file(path: Path, content: str | bytes) -> Path:
    """The path of a file with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def assert_named(error: pytest.ExceptionInfo[UserError], *texts: object):
    """One line with all of these texts."""
    message = str(error.value)
    assert "\n" not in message
    for text in texts:
        assert str(text) in message


@pytest.mark.parametrize(("name", "content", "words"), TABLES)
def test_a_bad_table_is_named_with_its_row(tmp_path, name, content, words):
    path = write_file(tmp_path / name, content)
    with pytest.raises(DataError) as error:
        read_table(UserTable(data=str(path)))
    assert_named(error, path, words)


@pytest.mark.parametrize(("content", "words"), TAGGED)
def test_a_bad_file_of_tags_is_named_with_its_line(tmp_path, content, words):
    path = write_file(tmp_path / "a.conll", content)
    with pytest.raises(DataError) as error:
        read_tags(UserTags(data=str(path)))
    assert_named(error, path, words)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"text": ["x", None], "label": ["a", "b"]}, "record 2: no text in"),
        ({"texts": ["x"], "label": ["a"]}, "schema: unknown column 'text'; di"),
        ({"text": [["x"]], "label": ["a"]}, "cannot be read as Parquet: "),
        ({"text": [b"\xf6"], "label": ["a"]}, "cannot be read as Parquet: "),
    ],
)
def test_a_bad_parquet_file_is_named_with_its_record(tmp_path, columns, words):
    path = tmp_path / "a.parquet"
    pd.DataFrame(columns).to_parquet(path)
    with pytest.raises(DataError) as error:
        read_table(UserTable(data=str(path)))
    assert_named(error, path, words)


def test_a_good_table_is_no_error(tmp_path):
    path = write_file(tmp_path / "a.csv", GOOD)
    texts, labels, _ = read_table(UserTable(data=str(path)))
    assert (len(texts), len(labels)) == (12, 12)


@pytest.mark.parametrize("name", ["a.CSV.GZ", "a.Csv.gz", "a.CSV"])
def test_capitals_of_a_name_s_end_say_the_same(tmp_path, name):
    path = tmp_path / name
    content = GOOD.encode()
    packed = name.lower().endswith(".gz")
    path.write_bytes(gzip.compress(content) if packed else content)
    texts, _, _ = read_table(UserTable(data=str(path)))
    assert len(texts) == 12


def test_a_file_that_is_not_there_is_named(tmp_path):
    for path, words in (
        (tmp_path / "none.csv", "does not exist"),
        (tmp_path, "is a folder, not a file"),
        (Path("/dev/zero"), "is a pipe or a device, which cannot be read"),
        (Path("a" * 300), "cannot be read: File name too long"),
    ):
        with pytest.raises(DataError) as error:
            pinned({"data": str(path)})
        assert_named(error, path, words)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ("--encoding utf-9 --data FILE", "unknown encoding 'utf-9'; did you"),
        ("--encoding base64 --data FILE", "unknown encoding 'base64'"),
        ("--text-column name", "text_column 'name' needs a file"),
        ("--encoding latin-1", "encoding 'latin-1' needs a file"),
    ],
)
def test_impossible_flags_are_named(tmp_path, flags, words):
    path = write_file(tmp_path / "a.csv", GOOD)
    with pytest.raises(SpecError) as error:
        parse_options(
            f"--task names {flags}".replace("FILE", str(path)).split()
        )
    assert_named(error, words)


def test_fewer_rows_than_a_batch_are_named(tmp_path):
    path = write_file(tmp_path / "a.csv", GOOD)
    flags = f"--task names --data {path} --quiet --frameworks pytorch"
    with pytest.raises(UserError) as error:
        make_plan(parse_options(flags.split()), "")
    assert_named(error, "a.csv: batch_size 128 is more than the 8 examples")
