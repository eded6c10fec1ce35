"""A real comparison, small, from the command to its files."""

import csv
import json
import math
import shutil
import sys
from pathlib import Path

import pytest
from factories.processes import LIMIT, PYTORCH, TINY, compare, records, run

from comparisons.analysis.rows import COLUMNS
from comparisons.worker.train import self_checks
from shared.exhibits.names import cell_name
from shared.specs import ModelSpec

pytestmark = pytest.mark.usefixtures("numpy_training")

CELLS = ("rnn", "gru", "lstm")
ROWS = (*PYTORCH, "--cells", *CELLS, "--seeds", "2")
FLAGS = (*TINY, *ROWS, "--report", "on")
STEPS = 5  # 400 values less a window of 20, in batches of 64


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """What the installed command printed, and its folder."""
    folder = tmp_path_factory.mktemp("runner") / "out"
    script = Path(sys.executable).parent / "compare.py"
    flags = [flag for flag in FLAGS if flag != "--quiet"]
    done = run([str(script), *flags, "--out", str(folder)])
    assert done.code == 0, done
    return done, folder


@pytest.fixture(scope="module")
def runs(finished):
    """The raw records of its runs, in the order of the file."""
    return records(finished[1])


def test_all_output_files_exist(finished, runs):
    _, folder = finished
    checkpoints = {f"checkpoints/{run['checkpoint']}" for run in runs}
    assert len(checkpoints) == len(runs)
    scores = {f"scores/{run['key']}.npz" for run in runs}
    best = {f"best/pytorch-{cell}/model" for cell in CELLS}
    found = {str(p.relative_to(folder)) for p in folder.rglob("*.*")}
    assert found == {
        *(
            f"{file}.{kind}"
            for file in best
            for kind in ("json", "safetensors")
        ),
        *("runs.jsonl", "results.csv", "results.parquet", "runs.parquet"),
        *("report.md", "report.html", *checkpoints, *scores),
        *("figures/learning-curves.png", "figures/speed.png"),
    }
    for path in (folder / "figures").iterdir():
        assert path.read_bytes().startswith(b"\x89PNG")


def test_runs_are_interleaved_by_seed(runs):
    order = [(run["cell"], run["seed"]) for run in runs]
    assert order == [(cell, seed) for seed in (0, 1) for cell in CELLS]


def test_progress_is_a_plain_line_for_each_run(finished):
    lines = finished[0].err.splitlines()
    starts = [line.partition(":")[0] for line in lines[1:]]
    assert starts == [
        f"[{3 * seed + place}/6] PyTorch {cell_name(cell)} seed {seed}"
        for seed in (0, 1)
        for place, cell in enumerate(CELLS, 1)
    ], finished[0]
    assert "proving" in lines[0]


def test_each_run_has_one_raw_record(runs):
    assert len({run["key"] for run in runs}) == len(runs) == 6
    for found in runs:
        assert [e["epoch"] for e in found["epochs"]] == [0, 1, 2]
        for epoch in found["epochs"]:
            assert math.isfinite(epoch["loss"])
            assert math.isfinite(epoch["validation"])
            assert 0 < epoch["seconds"] < LIMIT
        assert found["steps_per_epoch"] == STEPS
        assert found["spec"]["train"]["seed"] == found["seed"]
        assert len(found["inference_seconds"]) == 50
        for name in ("machine", "commit", "versions", "began", "command"):
            assert name in found
        assert found["spec"]["threads"] == 1
        assert {"torch", "numpy"} <= found["versions"].keys()


CLOCK = "timings_add_up"
"""1 % of a run as short as these is less than one pause of the machine."""


def test_the_self_checks_of_each_run_hold(runs):
    for found in runs:
        assert len(found["checks"]) == 6
        failed = {name for name, holds in found["checks"].items() if not holds}
        assert failed <= {CLOCK}, found["cell"]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("loss_is_finite", {"epochs": [{"loss": math.inf, "seconds": 1.0}]}),
        ("loss_decreased", {"epochs": [{"loss": 1.0, "seconds": 0.5}] * 2}),
        (CLOCK, {"wall_seconds": 1.02}),
        ("parameters_match", {"parameters": 7}),
    ],
)
def test_each_self_check_can_fail(runs, name, changes):
    losses = [{"loss": loss, "seconds": 0.5} for loss in (2.0, 1.0)]
    clock = {"validation_seconds": 0.0, "scoring_seconds": 0.0}
    good = {**runs[0], **clock, "epochs": losses, "wall_seconds": 1.0}
    spec = ModelSpec(**runs[0]["spec"]["model"])
    assert all(self_checks(good, spec).values())
    checks = self_checks({**good, **changes}, spec)
    assert [n for n, holds in checks.items() if not holds] == [name]


def test_the_same_seed_has_the_same_batches_and_data(runs):
    hashes: dict[int, set] = {0: set(), 1: set()}
    for found in runs:
        hashes[found["seed"]].add((found["batches"], found["noise_floor"]))
    assert all(len(found) == 1 for found in hashes.values())
    assert hashes[0] != hashes[1]


def test_parameters_are_the_closed_forms(runs):
    head, size = 33, 32
    expected = {
        "rnn": (1 + size + 1) * size + head,
        "gru": 3 * (1 + size + 2) * size + head,
        "lstm": 4 * (1 + size + 1) * size + head,
    }
    assert {r["cell"]: r["parameters"] for r in runs} == expected


def test_equivalence_and_baselines_are_recorded_and_shown(finished):
    done, folder = finished
    equivalence, baselines = (
        records(folder, kind) for kind in ("equivalence", "baselines")
    )
    assert {r["cell"] for r in equivalence} == set(CELLS)
    assert len(equivalence) == len(CELLS)
    for record in equivalence:
        checks = [one["check"] for one in record["deviations"]]
        assert checks == [
            "forward",
            "gradient",
            "trajectory",
            "training",
            "parameters",
        ]
        assert all(g["measured"] <= g["limit"] for g in record["deviations"])
    assert [r["seed"] for r in baselines] == [0, 1]
    assert "NumPy reference: forward " in " ".join(done.out.split())
    assert "Noise floor: 0." in done.out
    assert "last value" in done.out


def test_the_results_are_computed_from_the_records(finished, runs):
    _, folder = finished
    with (folder / "results.csv").open(newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    assert reader.fieldnames == list(COLUMNS)
    assert [row["cell"] for row in rows] == list(CELLS)
    for row in rows:
        mine = [r for r in runs if r["cell"] == row["cell"]]
        values = [r["scores"]["rmse"] for r in mine]
        assert (row["status"], row["seeds"]) == ("ok", "2")
        assert float(row["metric_mean"]) == pytest.approx(sum(values) / 2)
        gap = abs(values[0] - values[1]) / math.sqrt(2)
        assert float(row["metric_std"]) == pytest.approx(gap)
        steps = sorted(
            e["seconds"] / STEPS for r in mine for e in r["epochs"][1:]
        )
        median = 1e3 * (steps[1] + steps[2]) / 2
        assert float(row["step_ms_median"]) == pytest.approx(median)
        assert (
            0.0 < float(row["noise_floor"]) < float(row["best_baseline"]) < 1.0
        )
        assert row["peak_memory_mb"] == str(
            max(r["peak_memory_mb"] for r in mine)
        )


def test_the_same_command_runs_nothing_and_shows_the_same(finished):
    done, folder = finished
    before = (folder / "runs.jsonl").read_bytes()
    again = compare(*FLAGS, "--out", folder)
    assert (again.code, again.err) == (0, ""), again
    assert (folder / "runs.jsonl").read_bytes() == before
    assert again.out == done.out


def test_without_a_report_the_table_is_the_same(finished, tmp_path):
    done, folder = finished
    shutil.copy(folder / "runs.jsonl", tmp_path)
    shutil.copytree(folder / "scores", tmp_path / "scores")
    again = compare(*TINY, *ROWS, "--checkpoints", "off", "--out", tmp_path)
    assert (again.code, again.err) == (0, ""), again
    table, _, _ = done.out.partition("\nfiles: ")
    assert again.out.partition("\nfiles: ")[0] == table
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["runs.jsonl", "scores"]


def test_fresh_runs_again_and_another_flag_is_another_run(finished):
    _, folder = finished
    flags = (*TINY, *PYTORCH, "--cells", "rnn", "--out", folder)
    before = records(folder)
    done = compare(*flags, "--fresh")
    assert done.code == 0, done
    (new,) = records(folder)[len(before) :]
    assert new["key"] == before[0]["key"]
    assert new["scores"] == before[0]["scores"]
    assert new["began"] >= before[0]["began"]


def test_a_line_for_the_worker_reproduces_a_record(runs):
    """By hand, as the worker's own docstring says."""
    wanted = next(run for run in runs if run["cell"] == "gru")
    done = run(
        [sys.executable, "-m", "comparisons.worker"],
        text=json.dumps(wanted["spec"]) + "\n",
    )
    assert done.code == 0, done
    *epochs, last = map(json.loads, done.out.splitlines())
    events = [m["event"] for m in epochs if m["event"] != "batch"]
    assert events == ["epoch"] * 3
    assert last["event"] == "result", done
    found = last["result"]
    for name in ("scores", "batches", "parameters", "detail"):
        assert found[name] == wanted[name], name
    for one, other in zip(found["epochs"], wanted["epochs"], strict=True):
        assert one["loss"] == other["loss"]
