"""`compare.py study regularization`, from the command line to its files."""

import csv
import json

import pytest
from factories.processes import records

from comparisons.compare import dispatch
from comparisons.site.pages import filled
from shared.errors import UserError

pytestmark = pytest.mark.usefixtures("numpy_training")

TASK = ("study", "regularization", "--task")
ECHO = (
    *(*TASK, "echo", "--lag", "2", "--steps", "6", "--threads", "1"),
    *("--train-sequences", "128", "--validation-sequences", "40"),
    *("--test-sequences", "40", "--hidden-size", "6", "--quiet"),
)
SMALL = (
    *(*ECHO, "--epochs", "2", "--cells", "rnn", "--seeds", "2"),
    *("--frameworks", "pytorch", "--techniques", "dropout", "clip-norm"),
)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The folder of a small study, with what it printed."""
    folder = tmp_path_factory.mktemp("study") / "out"
    with pytest.MonkeyPatch.context() as patch:
        lines = []
        patch.setattr("sys.stdout", Lines(lines))
        assert dispatch([*SMALL, "--out", str(folder)]) == 0
    return folder, "".join(lines)


class Lines:
    """A file of what is printed."""

    encoding = "utf-8"

    def __init__(self, parts):
        self.parts = parts

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        pass

    def isatty(self):
        return False


def test_a_grid_of_one_seed_comes_before_all_seeds(finished):
    runs = records(finished[0])
    settings = [
        (r["spec"]["model"]["dropout"], r["spec"]["train"]["clip_norm"])
        for r in runs
    ]
    grid = [(0, 0), (0.2, 0), (0.4, 0), (0.6, 0), (0, 0.25), (0, 1), (0, 5)]
    assert settings[:7] == grid
    assert [r["seed"] for r in runs[:7]] == [0] * 7
    # Both together with seed 0, then each chosen setting with seed 1.
    both = settings[7]
    assert all(both)
    later = [(0, 0), (both[0], 0), (0, both[1]), both]
    assert sorted(settings[8:]) == sorted(later)
    assert [r["seed"] for r in runs[8:]] == [1] * 4


def test_every_run_has_the_same_budget_and_measures_its_fit(finished):
    for run in records(finished[0]):
        assert len(run["epochs"]) == run["spec"]["train"]["epochs"] == 2
        assert run["fit"]["examples"] == 128
        assert len(run["fit"]["losses"]) == 3
        assert set(run["fit"]["scores"]) == set(run["scores"])
    batches = {(r["seed"], r["batches"]) for r in records(finished[0])}
    assert len(batches) == 2


def test_it_prints_sentences_and_tables_that_fit_a_terminal(finished):
    shown = finished[1].split("files: ")[0]
    assert "best on validation" in shown.splitlines()[0]
    assert max(map(len, shown.splitlines())) <= 80
    for text in ("train − test", "against none", "diverged", "PyTorch"):
        assert text in shown


def test_its_files_have_the_same_numbers(finished):
    folder, _ = finished
    with (folder / "regularization.csv").open() as file:
        rows = list(csv.DictReader(file))
    known = json.loads((folder / "regularization.json").read_text())
    assert rows[0]["setting"] == "none"
    assert len(rows) == len(known["rows"]) == 4
    for row, line in zip(rows, known["rows"], strict=True):
        assert float(row["gap"]) == pytest.approx(line["train"] - line["test"])
        assert row["runs"] == "2"
    assert known["not_applicable"] == {"rnn": {}}
    picture = folder / "regularization.png"
    assert picture.stat().st_size > 5000


def test_the_same_command_trains_nothing_again(finished, capsys):
    folder, _ = finished
    before = (folder / "runs.jsonl").read_bytes()
    assert dispatch([*SMALL, "--out", str(folder)]) == 0
    assert (folder / "runs.jsonl").read_bytes() == before
    shown = capsys.readouterr().out
    assert shown.splitlines()[0] == finished[1].splitlines()[0]


def test_two_jobs_score_the_same_and_time_nothing(finished, tmp_path):
    """Which engine executes a run changes none of its scores."""
    assert dispatch([*SMALL, "--jobs", "2", "--out", str(tmp_path)]) == 0
    found = [
        {run["key"]: run["scores"] for run in records(folder)}
        for folder in (finished[0], tmp_path)
    ]
    assert found[0] == found[1]
    assert {run["timing"] for run in records(tmp_path)} == {"scored"}


def test_a_page_shows_the_same_from_the_records_alone(finished):
    folder, printed = finished
    (folder / "regularization.json").rename(folder / "hidden")
    mark, end = f"regularization: {folder.name}", "end of regularization"
    page = f"<!-- {mark} -->\n<!-- {end} -->"
    text = filled(page, folder.parent, "docs/guide.md")
    first = " ".join(printed.split())[:60]
    assert first in text
    assert "| RNN | none |" in text
    (folder / "hidden").rename(folder / "regularization.json")


REFUSED = {
    "an unknown technique": (
        (*ECHO, "--techniques", "dropuot"),
        "unknown technique 'dropuot'; did you mean 'dropout'?",
    ),
    "no seeds": ((*ECHO, "--seeds", "0"), "--seeds must be at least 1"),
    "more seeds in the grid": (
        (*ECHO, "--grid-seeds", "4"),
        "--grid-seeds 4 is more than the 3 seeds of the final runs",
    ),
    "a technique as a flag": (
        (*ECHO, "--dropout", "0.5"),
        "--dropout is what the study varies; leave it out",
    ),
    "clipping as a flag": (
        (*ECHO, "--clip-norm", "1"),
        "--clip-norm is what the study varies",
    ),
    "native weights": ((*ECHO, "--init", "native"), "--init native does not"),
    "no technique that applies": (
        (*TASK, "sine", "--techniques", "label-smoothing", "input-dropout"),
        "no technique is left: label_smoothing is not defined for a forecaster",
    ),
    "an unknown framework": (
        (*ECHO, "--grid-framework", "jaxx"),
        "unknown framework 'jaxx'; did you mean 'jax'?",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_studied_is_refused_without_a_trace(case, tmp_path):
    words, text = REFUSED[case]
    with pytest.raises(UserError, match=text.replace("?", r"\?")) as error:
        dispatch([*words, "--out", str(tmp_path / "out")])
    assert "\n" not in str(error.value)
    assert not (tmp_path / "out").exists()


def test_a_task_without_scores_of_its_training_part_is_refused(
    data_dir, tmp_path
):
    for words, text in (
        ((*TASK, "anomaly"), "has no .* of its training part"),
        ((*TASK, "charlm", "--split", "90/10"), "validation and test are"),
    ):
        with pytest.raises(UserError, match=text):
            dispatch([*words, "--quiet", "--out", str(tmp_path / "out")])
        assert not (tmp_path / "out").exists()
