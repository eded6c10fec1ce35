"""JSON as programs write tables: lines, arrays and columns."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from shared.errors import DataError
from shared.files.tables.format import TableFormat
from shared.files.tables.reading import column_names, read_rows

TABLE = pd.DataFrame({"text": ["a", "b\nc", None], "label": [1.5, 0.0, None]})
ROWS = [["a", "1.5"], ["b\nc", "0.0"], ["", ""]]
OBJECTS = [{"text": "a", "label": True, "meta": {"x": [1]}}]


@pytest.mark.parametrize("orient", ["columns", "index", "split"])
def test_labels_of_rows_are_a_column(tmp_path, orient):
    path = tmp_path / "a.json"
    times = pd.date_range("2024-01-01", periods=3).strftime("%Y-%m-%d")
    TABLE.set_index(times).to_json(path, orient=orient)
    assert column_names(path, TableFormat()) == ["index", "text", "label"]
    found = [v for _, (v,) in read_rows(path, ("index",), TableFormat())]
    assert found == list(times)
    TABLE.set_index(pd.Index([4, 2, 7])).to_json(path, orient=orient)
    assert column_names(path, TableFormat()) == ["text", "label"]


def read(path) -> list[list[str]]:
    rows = read_rows(path, ("text", "label"), TableFormat())
    return [values for _, values in rows]


@pytest.mark.parametrize(
    "options",
    [
        {"orient": "records", "lines": True},
        {"orient": "records"},
        {"orient": "records", "indent": 2},
        {"orient": "columns"},
        {"orient": "columns", "indent": 1},
        {"orient": "index"},
        {"orient": "split"},
        {"orient": "table"},
    ],
)
def test_what_pandas_writes_is_read(tmp_path, options):
    path = tmp_path / "a.json"
    TABLE.to_json(path, **options)
    assert read(path) == ROWS
    assert column_names(path, TableFormat())[-2:] == ["text", "label"]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(OBJECTS),
        json.dumps(OBJECTS[0]),
        json.dumps({"version": 1, "data": OBJECTS}, indent=1),
        json.dumps({"version": 1, "examples": OBJECTS}),
        json.dumps({"examples": OBJECTS, "of": [1]}, indent=1),
        json.dumps({"fields": [{"name": "text"}], "data": OBJECTS}),
        json.dumps({"text": ["a"], "label": [True]}),
        "\r" + json.dumps(OBJECTS[0]) + "\r",
        '{"Text": "a", " label ": true}\n',
    ],
)
def test_other_documents_are_read(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_bytes(content.encode())
    assert read(path) == [["a", "true"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "line 1: unknown column 'text'"),
        ("[{}]", "record 1: unknown column 'text'"),
        ("[1, 2]", "record 1: '1' is no JSON object"),
        ('["a", 1]\n["b", 2]\n', "line 1: '[\"a\", 1]' is no JSON object"),
        ('[{"text": "a",\n"label": 1},\n{"te', "line 3: '{\"te' is no JSON"),
        ('[{"text": "a"}]', "record 1: unknown column 'label'"),
        (json.dumps({"a": 1}, indent=1), "holds no array of JSON objects"),
        ('{"text": NaN, "label": [1]}', "column 'label' holds no text"),
        ('{"text": NaN, "label": {"x": 1}}', "choices: label.x, text"),
    ],
)
def test_what_is_no_table_is_one_line(tmp_path, content, words):
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(DataError) as error:
        read(path)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_fields_of_objects_are_columns(tmp_path):
    path = tmp_path / "a.jsonl"
    record = {"data": {"text": "a", "of": {"x": 1}}, "label": 1}
    path.write_text(json.dumps(record) + "\n")
    names = ["data.text", "data.of.x", "label"]
    assert column_names(path, TableFormat()) == names
    rows = list(read_rows(path, ("data.text", "data.of.x"), TableFormat()))
    assert rows == [("line 1", ["a", "1"])]


def test_nan_in_json_is_an_absent_value(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "nan", "label": NaN}\n')
    assert read(path) == [["nan", ""]]


def test_nan_in_parquet_is_an_absent_value(tmp_path):
    import pyarrow
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    columns = {"text": ["a", "nan", None], "label": [1.0, float("nan"), None]}
    parquet.write_table(pyarrow.table(columns), path)
    assert read(path) == [["a", "1"], ["nan", ""], ["", ""]]
