"""The table as CSV, Markdown, in a narrow terminal, and in a report."""

import csv
import io
from dataclasses import replace

import pytest
from factories import records as made
from rich.console import Console

from comparisons.analysis.findings import sentences
from comparisons.analysis.formats import csv as results_csv
from comparisons.analysis.notes import notes
from comparisons.analysis.results import (
    columns,
    parts_of,
    print_results,
    results_markdown,
)
from comparisons.analysis.rows import COLUMNS
from comparisons.report.markdown import write_markdown

CONTRACT = [
    *("task", "dataset", "framework", "cell", "init", "device", "seeds"),
    *("status", "parameters", "metric", "metric_mean", "metric_std"),
    *("best_baseline", "train_seconds", "step_ms_median", "step_ms_iqr"),
    *("seqs_per_second", "compile_seconds", "latency_ms"),
    "peak_memory_mb",
]


def test_columns_of_the_csv_are_the_contract(ranked):
    assert list(COLUMNS[: len(CONTRACT)]) == CONTRACT
    header, *lines = csv.reader(io.StringIO(results_csv(ranked)))
    assert header == list(COLUMNS)
    assert len(lines) == 3
    row = dict(zip(header, lines[1]))
    assert (row["cell"], row["seeds"], row["status"]) == ("gru", "3", "ok")
    assert float(row["metric_mean"]) == pytest.approx(0.111)


def test_the_markdown_table_has_the_same_rows(ranked):
    head, rule, *lines = results_markdown(ranked).splitlines()
    assert head.startswith(
        "| framework | cell | hidden | parameters | RMSE | best "
    )
    assert rule == f"| --- | --- |{10 * ' ---: |'}"
    assert all(line.count("|") == head.count("|") for line in lines)
    assert lines[0].startswith("| PyTorch | RNN | 32 | 1,121 | 0.211 ± 0.010 |")
    assert "| 10.00 (0.00) | 6,400 | 0.30 | 2.00 | 302 |" in lines[0]


def test_a_narrow_terminal_shows_every_column_whole(ranked):
    shown = {name: ["1"] for name in columns(ranked)}
    assert parts_of(shown, 130) == [list(shown)]
    assert [len(part) for part in parts_of(shown, 80)] == [6, 8]
    shown["framework"] = ["pytorch-compile"]
    shown["peak MB"] = ["1,024"]
    parts = parts_of(shown, 70)
    assert [part[:2] for part in parts] == [["framework", "cell"]] * 3
    assert [name for part in parts for name in part[2:]] == list(shown)[2:]
    console = Console(width=80, record=True, file=io.StringIO())
    ranked.rows[0] = replace(ranked.rows[0], framework="pytorch-compile")
    print_results(ranked, console)
    text = console.export_text()
    assert "…" not in text
    assert all(
        word in text for name in columns(ranked) for word in name.split()
    )


def test_a_row_without_a_result_shows_its_status(ranked):
    summary = made.summarized(
        [*ranked.records, made.broken("timeout", "jax", "gru")]
    )
    line = results_markdown(summary).splitlines()[-1]
    assert line.startswith("| JAX | GRU | - | - | timeout |")
    assert "nan" not in results_markdown(summary)
    assert "JAX GRU, seed 0: timeout: it timeout" in list(notes(summary))


def test_the_report_states_its_setup(ranked, tmp_path):
    path = tmp_path / "report.md"
    write_markdown(ranked, path)
    text = path.read_text()
    assert results_markdown(ranked) in text
    assert all(f"- {sentence}" in text for sentence in sentences(ranked))
    assert "- command: `compare.py --task sine --dataset one-wave`" in text
    assert "Example CPU, 2 cores, 8192 MB, Linux, Python 3.11.7" in text
    assert "- commit: 0123456789ab" in text
    assert "- 9 runs, 18 s" in text
