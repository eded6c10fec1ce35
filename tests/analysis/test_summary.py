"""The rows of a comparison, from records made by hand."""

import math
from dataclasses import asdict

import pytest
from factories import records as made

from comparisons.report.markdown import write_markdown


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
        "machine": "A",
        "device_memory_mb": pytest.approx(math.nan, nan_ok=True),
        "precision": "float32",
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
    of_one = " --dataset one-wave"  # as older records are
    for command in ("compare.py --task sine", "compare.py --cells lstm"):
        assert text.count(f"- command: `{command}{of_one}`") == 1
