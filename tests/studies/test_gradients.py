"""The command that shows how far back in time a loss reaches."""

import csv

import pytest

from comparisons.compare import dispatch
from comparisons.studies.gradients import command
from shared.errors import UserError

WORDS = (
    *("study", "gradients", "--task", "echo", "--lag", "3", "--steps", "12"),
    *("--train-sequences", "64", "--hidden-size", "8"),
    *("--frameworks", "pytorch", "--cells", "rnn", "gru"),
)


@pytest.fixture
def words(tmp_path):
    return [*WORDS, "--out", str(tmp_path)]


def norms(folder):
    """(cell, weights) -> norms by distance, of one framework."""
    found = {}
    with (folder / "gradients" / "gradients.csv").open() as file:
        for row in csv.DictReader(file):
            place = (row["cell"], row["weights"])
            found.setdefault(place, []).append(float(row["norm"]))
    return found


def test_gradients_vanish_at_small_radii_and_grow_at_large_ones(
    words, tmp_path, capsys
):
    assert dispatch(words) == 0
    found = norms(tmp_path)
    assert set(found) == {
        (cell, f"radius {radius}")
        for cell in ("rnn", "gru")
        for radius in ("0.5", "1", "1.5")
    }
    assert {len(values) for values in found.values()} == {12}
    small, one, large = (
        found["rnn", f"radius {radius}"] for radius in ("0.5", "1", "1.5")
    )
    assert small[11] < 2**-10 * small[0]
    assert small[11] < one[11] < large[11]
    shown = capsys.readouterr().out
    assert "RNN, radius 0.5" in shown
    assert "largest deviation" in shown
    assert max(map(len, shown.split("file: ")[0].splitlines())) <= 80
    picture = tmp_path / "gradients" / "gradients.png"
    assert picture.stat().st_size > 5000


def test_weights_without_a_recurrent_matrix_have_no_radius(words, tmp_path):
    linear = {"rnn": "mingru", "gru": "minlstm"}
    words = [linear.get(word, word) for word in words]
    assert dispatch([*words, "--impl", "scratch"]) == 0
    cases = {("mingru", "initial"), ("minlstm", "initial")}
    assert set(norms(tmp_path)) == cases


def test_a_framework_that_deviates_is_named(words, monkeypatch, capsys):
    monkeypatch.setattr(command, "LIMITS", {"float64": {"gradient": 0.0}})
    assert dispatch(words) == 1
    shown = capsys.readouterr().out
    assert "PyTorch GRU, radius 1 deviates from the reference by" in shown


@pytest.mark.parametrize("task", ["translate", "anomaly", "sentiment"])
def test_a_bidirectional_model_is_refused(task, tmp_path):
    with pytest.raises(UserError, match="no distance to the end"):
        dispatch(["study", "gradients", "--task", task])
