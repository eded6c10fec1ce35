"""`compare.py tune`, from the command to its files."""

from __future__ import annotations

import csv
import importlib.util
import json
import signal

import optuna
import pytest
from factories.processes import (
    PYTORCH,
    TINY,
    Running,
    assert_refused,
    compare,
    outcomes,
    records,
    without,
)

from comparisons.site.tuned import tuned_table

pytestmark = pytest.mark.usefixtures("numpy_training")

FLAGS = (
    *("tune", *TINY, *PYTORCH, "--cells", "rnn", "gru", "--seeds", "2"),
    *("--space", "hidden_size=4,8", "learning_rate=1e-3..1e-1:log"),
)

needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None,
    reason="Ray is not installed (the extra ray)",
)


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory):
    """A folder whose search was killed, and the finished repetition."""
    folder = tmp_path_factory.mktemp("tune")
    out = folder / "out"
    flags = (*FLAGS, "--trials", "4", "--report", "on", "--out", out)
    running = Running(folder / "first", *flags)
    try:
        running.until(lambda: len(records(out, "trial")) >= 3)
        running.process.send_signal(signal.SIGKILL)
    finally:
        running.end()
    before = records(out, "trial")
    return before, compare(*flags), out


def test_a_search_that_was_killed_goes_on_where_it_was(interrupted):
    before, done, out = interrupted
    assert done.code == 0, done
    trials = records(out, "trial")
    assert trials[: len(before)] == before
    assert len(trials) == len({trial["key"] for trial in trials}) == 8
    cells = [trial["cell"] for trial in trials]
    assert cells.count("rnn") == cells.count("gru") == 4


def test_the_test_part_is_read_for_the_selected_settings_alone(interrupted):
    _, done, out = interrupted
    trials, runs = records(out, "trial"), records(out)
    assert not any("scores" in trial for trial in trials)
    assert outcomes(out) == [(seed, "ok") for seed in (0, 0, 1, 1)]
    for cell in ("rnn", "gru"):
        own = [trial for trial in trials if trial["cell"] == cell]
        best = min(own, key=lambda trial: trial["epochs"][-1]["validation"])
        for run in (run for run in runs if run["cell"] == cell):
            for part, name in (
                ("model", "hidden_size"),
                ("train", "learning_rate"),
            ):
                assert run["spec"][part][name] == best["spec"][part][name]
            assert run["seed"] != best["seed"]
    assert "test RMSE" in done.out


def test_files_hold_what_the_tables_show(interrupted):
    _, done, out = interrupted
    found = json.loads((out / "tune.json").read_text())
    runs = records(out)
    for cell in found["cells"]:
        (tested,) = cell["tested"]
        scores = [
            run["scores"]["rmse"] for run in runs if run["cell"] == cell["cell"]
        ]
        assert tested["test"]["scores"] == scores
        assert tested["test"]["mean"] == pytest.approx(sum(scores) / 2)
        assert f"{tested['test']['mean']:.3f}" in done.out
        assert f"{cell['validation']:.3f}" in done.out
        assert str(cell["setting"]["learning_rate"]) in done.out
    with (out / "tune.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 8
    assert not any("test" in name for name in lines[0])
    values = sorted(float(line["validation"]) for line in lines)
    known = [t["epochs"][-1]["validation"] for t in records(out, "trial")]
    assert values == sorted(known)


def test_a_page_shows_the_selected_settings_and_their_scores(interrupted):
    _, _, out = interrupted
    found = json.loads((out / "tune.json").read_text())
    _, _, *lines = tuned_table(out.parent, out.name).splitlines()
    for line, cell in zip(lines, found["cells"], strict=False):
        head = cell["cell"].upper(), cell["trials"], cell["pruned"]
        values = *head, *cell["setting"].values()
        assert line.startswith(f"| {' | '.join(map(str, values))} |")
        assert f"| {cell['tested'][0]['test']['mean']:.3f} (" in line


@pytest.mark.parametrize(
    ("more", "parts"),
    [
        (("--trials", "0"), ["--trials must be at least 1, not 0"]),
        (("--space", "hiden_size=4,8"), ["did you mean 'hidden_size'"]),
        (("--space", "dropout=0.5..0"), ["is empty"]),
        (("--sampler", "tpee"), ["did you mean 'tpe'"]),
        (("--pruner", "medain"), ["did you mean 'median'"]),
        (("--sampler", "grid"), ["--sampler grid needs values"]),
        (("--jobs", "0"), ["--jobs must be at least 1, not 0; or auto"]),
        (("--jobs", "9999"), ["--jobs 9999 is more than fit"]),
        (("--engine", "rya"), ["did you mean 'ray'"]),
        (("--engine", "slurm"), ["'slurm'", "local, ray"]),
        (("--address", "here:1"), ["needs --engine ray, not local"]),
    ],
)
def test_bad_input_is_one_line_and_leaves_no_trace(tmp_path, more, parts):
    out = tmp_path / "out"
    assert_refused(compare(*FLAGS, *more, "--out", out), *parts)
    assert not out.exists()


def test_without_a_space_nothing_is_searched(tmp_path):
    out = tmp_path / "out"
    done = compare("tune", *TINY, *PYTORCH, "--out", out)
    assert_refused(done, "--space is missing")
    assert not out.exists()


@pytest.mark.parametrize(
    ("module", "more", "extra"),
    [("optuna", (), "tune"), ("ray", ("--engine", "ray"), "ray")],
)
def test_an_extra_that_is_not_installed_is_named_with_its_command(
    tmp_path, module, more, extra
):
    env = without(tmp_path / "hidden", module)
    done = compare(*FLAGS, *more, "--out", tmp_path / "out", env=env)
    command = f"pip install 'rnn-comparisons[{extra}]'"
    assert_refused(done, f"needs {module}", command)
    assert not (tmp_path / "out").exists()


def test_a_storage_file_of_another_study_is_refused(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    url = f"sqlite:///{out / 'optuna.db'}"
    optuna.create_study(study_name="mine", storage=url)
    done = compare(*FLAGS, "--out", out)
    assert_refused(done, "holds another study, 'mine'", "--out", "--fresh")


@needs_ray
def test_an_address_where_no_ray_answers_is_refused(tmp_path):
    out, nowhere = tmp_path / "out", "127.0.0.1:1"
    flags = ("--engine", "ray", "--address", nowhere, "--out", out)
    assert_refused(compare(*FLAGS, *flags), f"no Ray answers at '{nowhere}'")
    assert not out.exists()
