"""Rows, marks, findings and files, from records made by hand."""

import csv
import io
import math
from dataclasses import asdict, replace

import pytest
from factories import records as made
from rich.console import Console

from comparisons.analysis.findings import findings
from comparisons.analysis.summary import COLUMNS
from comparisons.analysis.table import (
    columns,
    markdown_table,
    notes,
    parts_of,
    print_table,
)
from comparisons.report import write_csv, write_markdown

CONTRACT = [
    *("task", "dataset", "framework", "cell", "init", "device", "seeds"),
    *("status", "parameters", "metric", "metric_mean", "metric_sd"),
    *("baseline", "train_seconds", "step_ms_median", "step_ms_iqr"),
    *("samples_per_second", "compile_seconds", "inference_ms"),
    "peak_memory_mb",
]
BETTER, LIKE, WORSE = (0.1, 0.11, 0.12), (0.112, 0.1, 0.121), (0.2, 0.212, 0.22)


def cell_runs(cell, values, framework="pytorch", ms=20.0):
    return [
        made.run(framework, cell, seed, value, ms)
        for seed, value in enumerate(values)
    ]


@pytest.fixture
def ranked():
    """LSTM and GRU tie, the RNN is worse and its steps are fast."""
    return made.summarised(
        [
            *cell_runs("rnn", WORSE, ms=10.0),
            *cell_runs("gru", LIKE, ms=20.0),
            *cell_runs("lstm", BETTER, ms=20.0),
            *(made.baselines(seed) for seed in range(3)),
            made.proof("pytorch", "rnn", forward=3e-7, trajectory=4e-5),
            made.proof("pytorch", "gru", forward=6e-7, trajectory=2e-5),
        ]
    )


def test_the_numbers_of_a_row_by_hand():
    runs = [made.run(seed=0, rmse=0.1), made.run(seed=1, rmse=0.3, ms=30.0)]
    (row,) = made.summarised([*runs, made.baselines()]).rows
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
        "metric_sd": pytest.approx(0.2 / math.sqrt(2)),
        "baseline": 0.11,
        "train_seconds": pytest.approx((0.6 + 0.9) / 2),
        "step_ms_median": pytest.approx(25.0),  # of 20, 20, 30, 30
        "step_ms_iqr": pytest.approx(10.0),
        "samples_per_second": pytest.approx(64 / 0.025),
        "compile_seconds": pytest.approx(0.3),
        "inference_ms": pytest.approx(2.0),
        "peak_memory_mb": 301.0,
        "hidden_size": 32,
        "floor": pytest.approx(0.1),
    }
    assert asdict(row) == expected


def test_the_first_epoch_is_in_no_step_time():
    slow = made.run()
    slow["epochs"][0]["seconds"] = 1000.0
    (row,) = made.summarised([slow]).rows
    assert row.step_ms_median == pytest.approx(20.0)
    assert row.compile_seconds == pytest.approx(999.8)
    assert row.train_seconds == pytest.approx(0.6)


def test_one_epoch_has_no_step_time():
    (row,) = made.summarised([made.run(epochs=made.run()["epochs"][:1])]).rows
    for name in ("step_ms_median", "samples_per_second", "compile_seconds"):
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
    (row,) = made.summarised([made.run(rmse=0.1), *runs]).rows
    assert (row.status, row.seeds) == (status, 1)
    assert row.metric_mean == 0.1
    assert math.isnan(row.metric_sd)


def test_the_last_record_of_a_run_counts():
    for records, status in (
        ([made.broken(), made.run()], "ok"),
        ([made.run(), made.broken()], "failed"),
    ):
        (row,) = made.summarised(records).rows
        assert row.status == status


def test_only_the_keys_asked_for_are_summarised_in_their_order():
    runs = {cell: made.run(cell=cell) for cell in ("rnn", "gru", "lstm")}
    keys = [runs[cell]["key"] for cell in ("lstm", "rnn", "lstm")]
    summary = made.summarised(list(runs.values()), keys)
    assert [row.cell for row in summary.rows] == ["lstm", "rnn"]


def test_marks_name_the_best_and_what_ties_with_it(ranked):
    marks = {cell: mark for (_, cell), mark in ranked.marks.items()}
    assert marks == {"rnn": "", "gru": "~", "lstm": "*"}


def test_a_metric_to_be_high_turns_the_ranks(ranked):
    runs = [
        made.run(*run.row, run.seed, task="names")
        | {"scores": {"accuracy": run.scores["rmse"]}}
        for run in ranked.records
    ]
    summary = made.summarised(runs)
    assert summary.marks["pytorch", "rnn"] == "*"
    assert any(
        s.startswith("rnn beats gru on accuracy") for s in findings(summary)
    )


def test_findings_say_what_the_tests_support(ranked):
    found = findings(ranked)
    assert "gru and lstm tie on rmse (p = 0.89)." in found
    for cell in ("gru", "lstm"):
        (text,) = [s for s in found if s.startswith(f"{cell} beats rnn")]
        assert " on rmse (p = 0.0" in text or "(p < 0.001)" in text
    assert "Beside the floor of the data (0.1): " in "".join(found)
    assert "rnn +110.7 %, gru +11.0 %, lstm +10.0 %" in "".join(found)
    (speed,) = [s for s in found if s.startswith("Steps, pytorch")]
    assert speed == (
        "Steps, pytorch: rnn is 2.00 × faster than gru (p < 0.001) and "
        "2.00 × faster than lstm (p < 0.001)."
    )


def test_one_seed_supports_no_sentence_on_rank_or_speed():
    runs = [made.run(cell="rnn", rmse=0.9, ms=1.0), made.run(cell="gru")]
    found = findings(made.summarised([*runs, made.baselines()]))
    assert found[0] == "One seed: no test can tell rnn and gru apart on rmse."
    text = "than the best baseline, linear (0.11)."
    assert found[1] == f"One seed, so untested: gru better {text}"
    assert found[2] == f"One seed, so untested: rnn no better {text}"
    assert not any("beats" in text or "faster" in text for text in found)


def test_cells_that_beat_the_best_baseline_are_named_so(ranked):
    ahead = [made.baselines(seed, linear=0.15) for seed in range(3)]
    found = findings(made.summarised([*ranked.records, *ahead]))
    text = "the best baseline, linear (0.15)."
    assert f"gru and lstm beat {text}" in found
    assert f"rnn: not shown to beat {text}" in found


def test_frameworks_that_part_are_named():
    same = cell_runs("gru", BETTER) + cell_runs("gru", BETTER, "jax")
    text = "No test tells the frameworks apart on rmse."
    assert text in findings(made.summarised(same))
    parted = cell_runs("gru", BETTER) + cell_runs("gru", WORSE, "jax")
    (found,) = [
        s
        for s in findings(made.summarised(parted))
        if s.startswith("Frameworks")
    ]
    assert "differ on rmse: pytorch beats jax with gru (p " in found


def test_frameworks_that_agree_are_no_further_samples():
    """The same result three times is not three times the evidence."""
    alone = cell_runs("gru", (0.1, 0.2)) + cell_runs("rnn", (0.15, 0.3))
    thrice = [
        made.run(name, run["cell"], run["seed"], run["scores"]["rmse"])
        for name in ("pytorch", "keras", "jax")
        for run in alone
    ]
    assert (
        findings(made.summarised(alone))[0]
        == findings(made.summarised(thrice))[0]
    )


def test_columns_of_the_csv_are_the_contract(ranked, tmp_path):
    assert list(COLUMNS[: len(CONTRACT)]) == CONTRACT
    path = tmp_path / "results.csv"
    write_csv(ranked, path)
    with path.open(newline="") as file:
        header, *lines = list(csv.reader(file))
    assert header == list(COLUMNS)
    assert len(lines) == 3
    row = dict(zip(header, lines[1]))
    assert (row["cell"], row["seeds"], row["status"]) == ("gru", "3", "ok")
    assert float(row["metric_mean"]) == pytest.approx(0.111)


def test_the_markdown_table_has_the_same_rows(ranked):
    head, rule, *lines = markdown_table(ranked).splitlines()
    assert head.startswith("| framework | cell | H | parameters | rmse |")
    assert rule.count("---") == head.count("|") - 1
    assert all(line.count("|") == head.count("|") for line in lines)
    assert lines[0].startswith("| pytorch | rnn | 32 | 1,121 | 0.2107 ± 0.0101")
    assert "| 10.00 (0.00) | 6,400 | 0.30 | 2.00 | 302 |" in lines[0]


def test_a_narrow_terminal_shows_every_column_whole(ranked):
    shown = {name: ["1"] for name in columns(ranked)}
    assert parts_of(shown, 120) == [list(shown)]
    assert [len(part) for part in parts_of(shown, 80)] == [6, 8]
    shown["framework"] = ["pytorch-compile"]
    shown["MB"] = ["1,024"]
    parts = parts_of(shown, 80)
    assert [part[:2] for part in parts] == [["framework", "cell"]] * 3
    assert [name for part in parts for name in part[2:]] == list(shown)[2:]
    console = Console(width=80, record=True, file=io.StringIO())
    ranked.rows[0] = replace(ranked.rows[0], framework="pytorch-compile")
    ranked.marks[ranked.rows[0].place] = " "
    print_table(ranked, console)
    text = console.export_text()
    assert "…" not in text
    assert all(name in text for name in columns(ranked))


def test_a_row_without_a_result_shows_its_status(ranked):
    summary = made.summarised(
        [*ranked.records, made.broken("timeout", "jax", "gru")]
    )
    line = markdown_table(summary).splitlines()[-1]
    assert line.startswith("| jax | gru | - | - | timeout |")
    assert "nan" not in markdown_table(summary)
    assert "jax gru, seed 0: timeout: it timeout" in list(notes(summary))


def test_notes_show_floor_baselines_and_proof(ranked):
    text = list(notes(ranked))
    assert "Beside it: noise floor 0.1000, last value 0.1900, " in text[1]
    assert text[-1] == "equivalence: forward 6e-07, 20 steps 4e-05"


def test_a_gate_over_its_limit_and_one_without_result_are_said():
    summary = made.summarised(
        [
            made.run(),
            made.proof("pytorch", "gru", forward=2e-3),
            made.proof("jax", "gru", forward=1e-7)
            | {"status": "failed", "error": "it failed"},
        ]
    )
    assert list(notes(summary))[-1] == (
        "equivalence: forward 2e-03; NOT PROVED: pytorch gru forward, jax gru"
    )


def test_a_check_that_does_not_hold_is_said():
    bad = made.run(seed=4, checks={"loss fell": False, "fine": True})
    assert list(notes(made.summarised([bad])))[-1] == (
        "check: pytorch lstm seed 4: does not hold: loss_decreased"
    )


def test_the_report_says_how_it_was_made(ranked, tmp_path):
    path = tmp_path / "report.md"
    write_markdown(ranked, path)
    text = path.read_text()
    assert markdown_table(ranked) in text
    assert all(f"- {sentence}" in text for sentence in findings(ranked))
    assert "- command: `compare.py --task sine`" in text
    assert "Example CPU, 2 cores, 8192 MB, Linux, Python 3.11.7" in text
    assert "- commit: 0123456789ab" in text
    assert "- 9 runs, 18 s" in text


def test_rows_stand_in_the_order_of_the_tables_and_commands_are_all_named(
    tmp_path,
):
    records = [
        made.run("keras", "lstm") | {"command": "compare.py --cells lstm"},
        made.run("pytorch", "lstm"),
        made.run("other", "gru"),
        made.run("keras", "rnn"),
        made.run("pytorch", "gru"),
    ]
    summary = made.summarised(records)
    assert [(row.framework, row.cell) for row in summary.rows] == [
        *(("pytorch", "gru"), ("pytorch", "lstm")),
        *(("keras", "rnn"), ("keras", "lstm"), ("other", "gru")),
    ]
    keys = [record["key"] for record in records]
    asked = made.summarised(records, keys)
    assert [run.key for run in asked.records] == keys
    write_markdown(summary, tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text()
    for command in ("compare.py --task sine", "compare.py --cells lstm"):
        assert text.count(f"- command: `{command}`") == 1
