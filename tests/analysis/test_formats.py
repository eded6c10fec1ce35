"""The same rows in every format."""

import io
import math

import pandas as pd
import pyarrow.parquet
import pytest
from factories import records as made
from factories.four_rows import four_rows

from comparisons.analysis.formats import (
    FORMATS,
    csv,
    write_parquet,
)
from comparisons.analysis.results import columns
from comparisons.analysis.rows import COLUMNS


@pytest.fixture
def summary():
    return four_rows()


def assert_same(found, summary):
    """Every value of every row, and nothing else."""
    assert list(found.columns) == list(COLUMNS)
    assert len(found) == len(summary.rows)
    for line, row in zip(found.to_dict("records"), summary.rows):
        for name in COLUMNS:
            value, wanted = line[name], getattr(row, name)
            if pd.isna(wanted):
                assert pd.isna(value), name
            elif wanted != "" or not pd.isna(value):  # CSV: both are empty
                assert same(value, wanted), name


def same(one, other):
    """Equal, but for the last digits of a number that is read from text."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-14)
    return one == other


def test_parquet_holds_the_rows_with_their_types(summary, tmp_path):
    path = tmp_path / "results.parquet"
    write_parquet(summary, path)
    found = pd.read_parquet(path)
    assert_same(found, summary)
    for name in ("seeds", "parameters", "hidden_size"):
        assert str(found[name].dtype) == "Int64"
    assert str(found["metric_mean"].dtype) == "float64"
    assert pyarrow.parquet.read_schema(path).names == list(COLUMNS)


def test_csv_and_parquet_are_the_same_rows(summary, tmp_path):
    path = tmp_path / "results.parquet"
    write_parquet(summary, path)
    text = io.StringIO(csv(summary))
    found = pd.read_csv(text)
    assert_same(found, summary)
    for name in COLUMNS:
        one, other = found[name], pd.read_parquet(path)[name]
        for a, b in zip(one, other.replace("", None)):
            assert (pd.isna(a) and pd.isna(b)) or same(a, b), name
    assert csv(summary).startswith("task,dataset,framework,cell,init,device,")
    assert ",1121," in csv(summary)
    assert "1121.0" not in csv(summary)


def test_markdown_has_what_the_terminal_shows(summary):
    head, alignments, *lines = FORMATS["markdown"](summary).splitlines()
    cells = columns(summary)
    assert head == f"| {' | '.join(cells)} |"
    assert alignments.count("---") == len(cells)
    shown = [[cell(row) for cell in cells.values()] for row in summary.rows]
    assert lines == [
        f"| {' | '.join(text.rstrip() for text in line)} |" for line in shown
    ]


def test_markdown_keeps_a_bar_inside_its_cell():
    text = FORMATS["markdown"](made.summarized([made.broken("failed", "a|b")]))
    assert r"| a\|b | LSTM |" in text


def test_a_formula_in_the_name_of_a_data_set_is_quoted_in_csv():
    run = made.run("jax", "gru", 0, -0.5)
    summary = made.summarized([{**run, "dataset": "=1+1.csv"}])
    found = pd.read_csv(io.StringIO(csv(summary)))
    assert list(found["dataset"]) == ["'=1+1.csv"]
    assert list(found["metric_mean"]) == [-0.5]


def test_a_comparison_without_a_result_has_a_table_too(tmp_path):
    summary = made.summarized([made.broken("unavailable")])
    for make in FORMATS.values():
        assert "unavailable" in make(summary)
    write_parquet(summary, tmp_path / "a.parquet")
    assert_same(pd.read_parquet(tmp_path / "a.parquet"), summary)
