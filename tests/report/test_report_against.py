"""`compare.py report` in other formats, and against another comparison."""

import json

import pandas as pd
import pytest
from factories.processes import assert_refused, compare
from factories.records import baselines, run

from comparisons.analysis.rows import COLUMNS


def write_records(folder, records):
    folder.mkdir()
    lines = [json.dumps(record) + "\n" for record in records]
    (folder / "runs.jsonl").write_text("".join(lines))
    return folder


@pytest.fixture
def old(tmp_path):
    """A comparison in which the LSTM takes 20 ms a step."""
    records = [run(seed=s, ms=20.0 + s, rmse=0.1) for s in range(3)]
    return write_records(tmp_path / "old", [baselines(), *records])


@pytest.fixture
def new(tmp_path):
    """The same seeds and scores at half the time."""
    records = [run(seed=s, ms=10.0 + s / 2, rmse=0.1) for s in range(3)]
    return write_records(tmp_path / "new", [baselines(), *records])


def test_changes_are_printed_and_shown_on_the_page(new, old):
    done = compare("report", new, "--against", old)
    assert done.code == 0, done
    assert "ms/step, PyTorch LSTM: better" in done.out
    assert "RMSE: unchanged" in done.out
    page = (new / "report.html").read_text()
    assert '<section id="changes"' in page
    assert "Changes: ms/step" in page
    assert page.index('id="overview"') < page.index('id="changes"')
    assert page.index('id="changes"') < page.index('id="table"')
    again = compare("report", new)
    assert again.code == 0, again
    assert 'id="changes"' not in (new / "report.html").read_text()


def test_exactly_two_comparisons_can_be_compared(new, old, tmp_path):
    both = [json.loads(line) for line in (old / "runs.jsonl").open()]
    other = run(seed=0, spec={"init": "native"}, key="another")
    two = write_records(tmp_path / "two", [*both, other])
    done = compare("report", new, "--against", two)
    assert_refused(done, str(two), "2 comparisons")
    assert_refused(
        compare("report", new, "--against", tmp_path / "none"), "none"
    )


@pytest.mark.parametrize(
    ("form", "text"),
    [("latex", r"\toprule"), ("csv", "task,dataset,"), ("markdown", "| ---")],
)
def test_a_text_format_is_printed_or_written(new, tmp_path, form, text):
    printed = compare("report", new, "--format", form)
    assert printed.code == 0, printed
    assert text in printed.out
    path = tmp_path / "table"
    done = compare("report", new, "--format", form, "--out", path)
    assert done.code == 0, done
    assert path.read_text() == printed.out


def test_parquet_holds_the_columns_of_the_csv(new):
    done = compare("report", new, "--format", "parquet")
    assert done.code == 0, done
    table = pd.read_parquet(new / "results.parquet")
    assert list(table.columns) == list(COLUMNS)
    assert table["step_ms_median"].tolist() == pytest.approx([10.5])


def test_a_wrong_format_names_the_nearest(new, old):
    done = compare("report", new, "--format", "ltex")
    assert_refused(done, "ltex", "did you mean 'latex'")
    done = compare("report", new, "--format", "csv", "--against", old)
    assert_refused(done, "--against", "csv")
