"""A line a run, with what its numbers depend on."""

import json
import math

import pandas as pd
import pytest
from factories import records as made

from comparisons.analysis.exports.runs_table import runs_table, write_runs


@pytest.fixture
def summary():
    return made.summarized(
        [
            made.run("pytorch", "gru", 0, 0.1, versions={"torch": "2.13"}),
            made.run("jax", "gru", 1, 0.2, spec={"data": {"noise": 0.3}}),
            made.broken("failed", "jax", "gru", 2),
        ]
    )


def test_a_line_has_settings_versions_machine_and_times(summary, tmp_path):
    write_runs(summary, tmp_path / "runs.parquet")
    found = pd.read_parquet(tmp_path / "runs.parquet")
    assert found["framework"].tolist() == ["pytorch", "jax", "jax"]
    assert found["seed"].tolist() == [0, 1, 2]
    assert found["status"].tolist() == ["ok", "ok", "failed"]
    assert found["score"].tolist()[:2] == pytest.approx([0.1, 0.2])
    assert found["scores.mae"].tolist()[:2] == pytest.approx([0.05, 0.1])
    assert found["model.hidden_size"].tolist()[:2] == [32, 32]
    assert found["machine.cores"].tolist() == [2, 2, 2]
    assert found["versions.torch"].dropna().tolist() == ["2.13"]
    assert found["data.noise"].dropna().tolist() == [0.3]
    assert found["step_ms"].tolist()[:2] == pytest.approx([20.0, 20.0])
    assert found["epoch_seconds"][0] == pytest.approx([0.5, 0.2, 0.2])
    assert found["inference_seconds"][1] == pytest.approx([0.001, 0.002, 0.009])
    assert found.iloc[2][["score", "step_ms", "epoch_seconds"]].isna().all()
    assert found["error"].tolist()[2] == "it failed"


def test_the_spread_of_steps_is_of_the_epochs_after_the_first(tmp_path):
    seconds = [9.0, 0.1, 0.2, 0.3, 0.4]
    epochs = [
        {"epoch": e, "loss": 1.0, "seconds": s} for e, s in enumerate(seconds)
    ]
    runs = [made.run(epochs=epochs), made.run(seed=1, epochs=epochs[:2])]
    write_runs(made.summarized(runs[::-1]), tmp_path / "runs.parquet")
    found = pd.read_parquet(tmp_path / "runs.parquet")
    # Ten steps an epoch: quartiles of 10, 20, 30 and 40 ms.
    assert found["step_ms_iqr"].tolist() == pytest.approx(
        [math.nan, 15.0], nan_ok=True
    )
    assert "index" not in found


def test_values_of_several_kinds_are_written_as_json(tmp_path):
    kinds = ["words", 5, [1, 2], None, True]
    summary = made.summarized(
        [
            made.run(seed=seed, spec={"data": {"odd": value}})
            for seed, value in enumerate(kinds)
        ]
    )
    write_runs(summary, tmp_path / "runs.parquet")
    found = pd.read_parquet(tmp_path / "runs.parquet")["data.odd"]
    assert pd.isna(found[3])
    texts = [json.loads(text) for text in found.dropna()]
    assert texts == ["words", 5, "[1, 2]", True]


def test_runs_without_a_result_are_a_table_too():
    found = runs_table(made.summarized([made.broken("unavailable")]))
    assert found["status"].tolist() == ["unavailable"]
