"""`compare.py report` in other formats, and against another comparison."""

import json

import pandas as pd
import pytest
from factories.records import baselines, run

from comparisons.analysis.rows import COLUMNS
from comparisons.compare import dispatch
from shared.errors import UserError


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


@pytest.fixture
def printed(capsys):
    """What `compare.py report` prints with these arguments."""

    def run(*arguments):
        assert dispatch(["report", *map(str, arguments)]) == 0
        return capsys.readouterr().out

    return run


def assert_refused(arguments, *texts):
    with pytest.raises(UserError) as error:
        dispatch(["report", *map(str, arguments)])
    for text in texts:
        assert text in str(error.value)


def test_changes_are_printed_and_shown_on_the_page(printed, new, old):
    out = printed(new, "--against", old)
    assert "ms/step, PyTorch LSTM: better" in out
    assert "RMSE: unchanged" in out
    page = (new / "report.html").read_text()
    assert '<section id="changes"' in page
    assert "Changes: ms/step" in page
    assert page.index('id="overview"') < page.index('id="changes"')
    assert page.index('id="changes"') < page.index('id="table"')
    printed(new)
    assert 'id="changes"' not in (new / "report.html").read_text()


def test_exactly_two_comparisons_can_be_compared(new, old, tmp_path):
    both = [json.loads(line) for line in (old / "runs.jsonl").open()]
    other = run(seed=0, spec={"init": "native"}, key="another")
    two = write_records(tmp_path / "two", [*both, other])
    assert_refused((new, "--against", two), str(two), "2 comparisons")
    assert_refused((new, "--against", tmp_path / "none"), "none")


@pytest.mark.parametrize(
    ("form", "text"),
    [("latex", r"\toprule"), ("csv", "task,dataset,"), ("markdown", "| ---")],
)
def test_a_text_format_is_printed_or_written(
    printed, new, tmp_path, form, text
):
    out = printed(new, "--format", form)
    assert text in out
    path = tmp_path / "table"
    printed(new, "--format", form, "--out", path)
    assert path.read_text() == out


def test_parquet_holds_the_columns_of_the_csv(printed, new):
    printed(new, "--format", "parquet")
    table = pd.read_parquet(new / "results.parquet")
    assert list(table.columns) == list(COLUMNS)
    assert table["step_ms_median"].tolist() == pytest.approx([10.5])


def test_a_wrong_format_names_the_nearest(new, old):
    assert_refused((new, "--format", "ltex"), "ltex", "did you mean 'latex'")
    arguments = (new, "--format", "csv", "--against", old)
    assert_refused(arguments, "--against", "csv")
