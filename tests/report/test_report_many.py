"""Reports of thousands of records: their memory and their pages are bounded."""

from __future__ import annotations

import tracemalloc

import pytest
from factories.html.elements import parse, rows, words
from factories.large import records as many_records
from msgspec.structs import asdict

from comparisons.analysis.formats import csv
from comparisons.analysis.loading import read_parts
from comparisons.analysis.shown import SHOWN
from comparisons.records.decoding import Known, decoded, old_fields
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.records.lines import lines_of
from comparisons.records.reading import read_all
from comparisons.report import page as report_page
from comparisons.report.blocks import LISTED as LISTED_ROWS
from comparisons.report.blocks import Figure
from comparisons.report.page import page
from comparisons.report.runs import LISTED
from comparisons.report.tables import plain

COUNT = 2000
BYTES = 4500
"""Of a record in memory; 100,000 of them and the libraries need 600 MB."""


def recorded(task):
    return records_file(ROOT / "docs" / task)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A folder of records."""
    folder = tmp_path_factory.mktemp("many")
    return many_records.write(recorded("sine-one-wave"), COUNT, folder)


@pytest.mark.parametrize("task", ["sine-one-wave", "charlm"])
def test_a_record_takes_little_memory(task, tmp_path):
    """In a record of version 1, and of version 2."""
    count = 300
    many_records.write(recorded(task), count, tmp_path)
    tracemalloc.start()
    records, damaged = read_all(tmp_path / "runs.jsonl")
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(records), damaged) == (count, [])
    assert size < BYTES * count


def test_the_page_shows_the_first_seeds_and_says_so(many, monkeypatch):
    monkeypatch.setattr(report_page, "reader", lambda tasks: None)
    monkeypatch.setattr(report_page, "plotly_script", lambda: b"")
    (part,) = read_parts([many])
    text = page([part])
    root = parse(text)
    assert len(text.encode()) < 3_000_000
    shown = len(rows(root.by_id("part1-runs")))
    assert LISTED - 9 <= shown <= LISTED
    said = words(root.by_id("runs"))
    assert f"first seeds: {shown} of {len(part.records):,}" in said.replace(
        f"{shown:,}", str(shown)
    )
    assert len(part.summary.shown) <= SHOWN
    assert f"of {len(part.done):,} runs" in words(root.by_id("task"))


def test_the_table_is_of_all_seeds(many):
    (part,) = read_parts([many])
    seeds = {run.seed for run in part.done}
    lines = csv(part.summary).splitlines()
    place = lines[0].split(",").index("seeds")
    counts = [int(line.split(",")[place]) for line in lines[1:]]
    assert sum(counts) == len(part.done)
    assert len(counts) == 9
    assert len(seeds) - 3 <= min(counts) <= max(counts) == len(seeds)


def test_repeated_records_are_one_run(tmp_path):
    lines = list(many_records.multiplied(recorded("sine-one-wave"), 78))
    (tmp_path / "runs.jsonl").write_text("".join(lines + lines))
    (part,) = read_parts([tmp_path])
    assert len(part.records) == 54


def test_a_long_table_of_a_drawing_is_complete():
    rows = [(n, n / 2) for n in range(LISTED_ROWS + 3)]
    table = plain("long", "Long", ("x", "y"), rows)
    figure = Figure("long-figure", "Long", "", (), table)
    found = report_page.plots([{"joint": [figure], "parts": []}])
    assert [x for x, _ in found["long"]] == ["200", "201", "202"]


def test_plotly_is_within_no_function_that_is_parsed_twice():
    terms, code = report_page.plotly_script().split(b"*/\n", 1)
    assert b"MIT license" in terms
    assert code.startswith(b'"use strict";var Plotly=')
    assert code.endswith(b"\nwindow.Plotly = Plotly;\n")


def test_fields_read_together_are_those_read_one_by_one():
    for _, line in lines_of(recorded("sine-one-wave")):
        found = old_fields(line, Known())
        expected = decoded(line, detail=False)
        if "epochs" in found:
            assert list(map(asdict, found["epochs"])) == expected["epochs"]
            found["epochs"] = expected["epochs"]
        assert found == expected
