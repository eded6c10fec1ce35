"""Rows, marks, and files, from records made by hand."""

import csv
import io
import math
from dataclasses import asdict, replace

import pytest
from factories import records as made
from factories.comparisons import BAD, BEST, LIKE, runs
from rich.console import Console

from comparisons.analysis.effects.marks import marks
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


@pytest.fixture
def ranked():
    """LSTM and GRU tie, the RNN is worse and its steps are fast."""
    return made.summarized(
        [
            *runs("rnn", BAD, ms=10.0),
            *runs("gru", LIKE, ms=20.0),
            *runs("lstm", BEST, ms=20.0),
            *(made.baselines(seed) for seed in range(3)),
            made.equivalence("pytorch", "rnn", forward=3e-7, trajectory=4e-5),
            made.equivalence("pytorch", "gru", forward=6e-7, trajectory=2e-5),
        ]
    )


def test_the_values_of_a_row_by_hand():
    runs = [made.run(seed=0, rmse=0.1), made.run(seed=1, rmse=0.3, ms=30.0)]
    (row,) = made.summarized([*runs, made.baselines()]).rows
    expected = {
        "task": "sine",
        "dataset": "sine",
        "framework": "pytorch",
        "cell": "lstm",
        "init": "matched",
        "device": "cpu",
        "seeds": 2,
        "status": "ok",
        "parameters": 1121,
        "metric": "rmse",
        "metric_mean": pytest.approx(0.2),
        "metric_std": pytest.approx(0.2 / math.sqrt(2)),
        "best_baseline": 0.11,
        "train_seconds": pytest.approx((0.6 + 0.9) / 2),
        "step_ms_median": pytest.approx(25.0),  # of 20, 20, 30, 30
        "step_ms_iqr": pytest.approx(10.0),
        "seqs_per_second": pytest.approx(64 / 0.025),
        "compile_seconds": pytest.approx(0.3),
        "latency_ms": pytest.approx(2.0),
        "peak_memory_mb": 301.0,
        "hidden_size": 32,
        "noise_floor": pytest.approx(0.1),
    }
    assert asdict(row) == expected


def test_the_first_epoch_is_in_no_step_time():
    slow = made.run()
    slow["epochs"][0]["seconds"] = 1000.0
    (row,) = made.summarized([slow]).rows
    assert row.step_ms_median == pytest.approx(20.0)
    assert row.compile_seconds == pytest.approx(999.8)
    assert row.train_seconds == pytest.approx(0.6)


def test_one_epoch_has_no_step_time():
    (row,) = made.summarized([made.run(epochs=made.run()["epochs"][:1])]).rows
    for name in ("step_ms_median", "seqs_per_second", "compile_seconds"):
        assert math.isnan(getattr(row, name))
    assert row.train_seconds == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ([], "ok"),
        (["diverged"], "diverged"),
        (["diverged", "timeout"], "timeout"),
        (["timeout", "failed"], "failed"),
        (["unavailable"], "unavailable"),
    ],
)
def test_a_row_has_the_worst_status_and_the_numbers_of_what_ran(others, status):
    runs = [made.broken(s, seed=n) for n, s in enumerate(others, 1)]
    (row,) = made.summarized([made.run(rmse=0.1), *runs]).rows
    assert (row.status, row.seeds) == (status, 1)
    assert row.metric_mean == 0.1
    assert math.isnan(row.metric_std)


def test_the_last_record_of_a_run_counts():
    for records, status in (
        ([made.broken(), made.run()], "ok"),
        ([made.run(), made.broken()], "failed"),
    ):
        (row,) = made.summarized(records).rows
        assert row.status == status


def test_only_requested_keys_are_summarized_in_order():
    runs = {cell: made.run(cell=cell) for cell in ("rnn", "gru", "lstm")}
    keys = [runs[cell]["key"] for cell in ("lstm", "rnn", "lstm")]
    summary = made.summarized(list(runs.values()), keys)
    assert [row.cell for row in summary.rows] == ["lstm", "rnn"]


def test_marks_are_best_and_not_significantly_different(ranked):
    found = {cell: mark for (_, cell), mark in marks(ranked).items()}
    assert found == {"rnn": "", "gru": "~", "lstm": "*"}


def test_a_higher_is_better_metric_reverses_the_ranks(ranked):
    runs = [
        made.run(*run.row, run.seed, task="names")
        | {"scores": {"accuracy": run.scores["rmse"]}}
        for run in ranked.records
    ]
    summary = made.summarized(runs)
    assert marks(summary)["pytorch", "rnn"] == "*"
    assert marks(summary)["pytorch", "gru"] == ""


def test_marks_of_matched_frameworks_are_those_of_their_cells():
    rows = [
        *runs("gru", BAD),
        *runs("lstm", BEST),
        *runs("lstm", [v + 1e-6 for v in BEST], "jax"),
    ]
    found = marks(made.summarized(rows))
    assert found["pytorch", "lstm"] == found["jax", "lstm"] == "*"
    assert found["pytorch", "gru"] == ""
    native = [run | {"spec": {"init": "native"}} for run in rows]
    close = runs("lstm", [v + 1e-3 for v in BEST], "keras")
    native += [run | {"spec": {"init": "native"}} for run in close]
    found = marks(made.summarized(native))
    assert found["pytorch", "lstm"] == found["jax", "lstm"] == "*"
    assert found["keras", "lstm"] == ""


def test_cells_with_equal_rounded_means_are_both_best():
    rows = [*runs("gru", BEST), *runs("lstm", [0.11, 0.1101, 0.11])]
    assert set(marks(made.summarized(rows)).values()) == {"*"}


def test_one_seed_leaves_all_but_the_best_unmarked():
    rows = [made.run(cell="gru", rmse=0.1), made.run(cell="lstm", rmse=0.2)]
    found = marks(made.summarized(rows))
    assert (found["pytorch", "gru"], found["pytorch", "lstm"]) == ("*", "")


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
    assert "- command: `compare.py --task sine`" in text
    assert "Example CPU, 2 cores, 8192 MB, Linux, Python 3.11.7" in text
    assert "- commit: 0123456789ab" in text
    assert "- 9 runs, 18 s" in text


def test_rows_are_in_table_order_and_all_commands_are_listed(
    tmp_path,
):
    records = [
        made.run("keras", "lstm") | {"command": "compare.py --cells lstm"},
        made.run("pytorch", "lstm"),
        made.run("other", "gru"),
        made.run("keras", "rnn"),
        made.run("pytorch", "gru"),
    ]
    summary = made.summarized(records)
    assert [(row.framework, row.cell) for row in summary.rows] == [
        *(("pytorch", "gru"), ("pytorch", "lstm")),
        *(("keras", "rnn"), ("keras", "lstm"), ("other", "gru")),
    ]
    keys = [record["key"] for record in records]
    selected = made.summarized(records, keys)
    assert [run.key for run in selected.records] == keys
    write_markdown(summary, tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text()
    for command in ("compare.py --task sine", "compare.py --cells lstm"):
        assert text.count(f"- command: `{command}`") == 1
