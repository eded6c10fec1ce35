"""A search: equally many trials, selected on validation, never repeated."""

import sqlite3

import optuna
import pytest
from factories.fakes.searches import EPOCHS, SPACE, error_of, failure
from optuna.trial import TrialState

from comparisons.tuning.plan import SEED
from comparisons.tuning.results import best_row, importances, trial_rows
from comparisons.tuning.storage import ended
from shared.errors import UserError


def settings(studies):
    return {
        cell: [row.setting for row in trial_rows(cell, study)]
        for cell, study in studies.items()
    }


@pytest.mark.parametrize("sampler", ["tpe", "random"])
def test_each_cell_has_equally_many_trials_within_the_space(searched, sampler):
    studies, records = searched("--sampler", sampler)
    for rows in settings(studies).values():
        assert len(rows) == 6
        for one in rows:
            assert 2 <= one["hidden_size"] <= 9
            assert 1e-4 <= one["learning_rate"] <= 1e-1
            assert one["num_layers"] in (1, 2)
            # A number of four digits is what is trained, stored and shown.
            assert float(f"{one['learning_rate']:.4g}") == one["learning_rate"]
    assert [r.cell for r in records] == ["rnn", "gru"] * 6
    assert {r.kind for r in records} == {"trial"}
    trained = [r.spec.train["learning_rate"] for r in records[::2]]
    assert trained == [s["learning_rate"] for s in settings(studies)["rnn"]]


def test_a_record_of_a_trial_has_no_test_score(searched):
    _, records = searched()
    for record in records:
        assert not hasattr(record, "scores")
        assert len(record.epochs) == EPOCHS


def test_the_best_validation_score_is_selected(searched):
    studies, records = searched()
    for cell, study in studies.items():
        best = best_row(cell, study)
        values = [r.validation for r in records if r.cell == cell]
        assert best.value == min(values)
        assert values[best.number - 1] == best.value


def test_of_an_accuracy_the_highest_is_the_best(
    searched, scripted, monkeypatch
):
    monkeypatch.setattr(
        scripted,
        "score",
        staticmethod(lambda run, epoch: -error_of(run, epoch)),
    )
    echo = ("--task", "echo", "--preset", "quick", "--cells", "gru")
    echo += ("--frameworks", "pytorch", "--epochs", "2")
    studies, records = searched(task=echo)
    best = best_row("gru", studies["gru"])
    assert best.value == max(r.validation for r in records)


def test_a_grid_is_visited_whole_and_once(searched):
    space = ("hidden_size=2..4", "num_layers=1,2")
    studies, _ = searched("--sampler", "grid", space=space)
    for rows in settings(studies).values():
        found = [(s["hidden_size"], s["num_layers"]) for s in rows]
        assert found == [(h, n) for h in (2, 3, 4) for n in (1, 2)]


def test_the_same_command_trains_nothing_again(searched, scripted):
    first, _ = searched()
    count = len(scripted.trained)
    second, records = searched()
    assert len(scripted.trained) == count == len(records) == 12
    assert settings(first) == settings(second)


def test_more_trials_go_on_from_those_that_are_there(searched, scripted):
    first = settings(searched("--trials", "3")[0])
    second = settings(searched("--trials", "5")[0])
    for cell, rows in first.items():
        assert len(rows) == 3
        assert second[cell][:3] == rows
    assert len(scripted.trained) == 10


def test_a_setting_on_record_is_not_trained_again(searched, scripted, tmp_path):
    """Also where Optuna's storage is lost, whose draws are repeated."""
    first, _ = searched("--sampler", "random")
    first = settings(first)
    (tmp_path / "out" / "optuna.db").unlink()
    second, records = searched("--sampler", "random")
    assert settings(second) == first
    assert len(scripted.trained) == len(records) == 12
    third, _ = searched("--sampler", "random", "--fresh")
    assert len(scripted.trained) == 24
    assert settings(third) == first


@pytest.mark.parametrize("sampler", ["tpe", "random"])
def test_an_interrupted_search_draws_what_it_would_have_drawn(
    searched, scripted, sampler, tmp_path
):
    flags = ("--sampler", sampler, "--trials", "12", "--pruner", "median")
    whole = settings(searched(*flags)[0])
    (tmp_path / "out").rename(tmp_path / "whole")
    scripted.trained.clear()
    scripted.faults[23] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        searched(*flags)
    studies, records = searched(*flags)
    assert settings(studies) == whole
    assert len(records) == len({r.key for r in records}) == 24
    assert len(scripted.trained) == 25  # the interrupted one twice
    for study in studies.values():
        assert len(ended(study)) == 12
    first, again = scripted.trained[23:25]
    assert first == again


def test_trials_end_early_where_their_validation_is_worse(searched, scripted):
    studies, records = searched("--trials", "12", "--pruner", "median")
    pruned = [r for r in records if r.status == "pruned"]
    assert pruned
    for record in pruned:  # what was measured is kept
        assert 0 < len(record.epochs) < EPOCHS
        assert all(epoch.validation for epoch in record.epochs)
    for cell, study in studies.items():
        states = [trial.state for trial in ended(study)]
        own = [r.status for r in pruned if r.cell == cell]
        assert states.count(TrialState.PRUNED) == len(own)
        assert best_row(cell, study).status == "ok"
    assert {r.status for r in records[:10]} == {"ok"}  # 5 of a cell come first


def test_a_pruned_trial_is_pruned_again_from_its_record(
    searched, scripted, tmp_path
):
    flags = ("--trials", "12", "--pruner", "hyperband", "--sampler", "random")
    first, _ = searched(*flags)
    states = [t.state for t in ended(first["gru"])]
    assert TrialState.PRUNED in states
    (tmp_path / "out" / "optuna.db").unlink()
    second, records = searched(*flags)
    assert [t.state for t in ended(second["gru"])] == states
    assert len(scripted.trained) == len(records) == 24


def test_a_trial_without_a_score_counts_and_is_never_the_best(
    searched, scripted
):
    outcomes = ["diverged", "failed", "diverged"]
    faults = ["diverged", failure("failed"), "diverged"]
    scripted.faults.update(zip((0, 2, 4), faults))
    studies, records = searched()
    assert [r.status for r in records[:5:2]] == outcomes
    rows = trial_rows("rnn", studies["rnn"])
    assert [row.status for row in rows[:3]] == outcomes
    assert [row.value for row in rows[:3]] == [None] * 3
    assert len(rows) == 6
    assert best_row("rnn", studies["rnn"]).number > 3


def test_a_score_that_is_not_finite_is_no_score(
    searched, scripted, monkeypatch
):
    def score(run, epoch):
        none = run.model.num_layers == 2
        return float("nan") if none else error_of(run, epoch)

    monkeypatch.setattr(scripted, "score", staticmethod(score))
    studies, _ = searched()
    rows = [r for c, s in studies.items() for r in trial_rows(c, s)]
    for row in rows:
        assert (row.value is None) == (row.setting["num_layers"] == 2)
        assert (row.status == "diverged") == (row.value is None)


def test_what_cannot_run_here_ends_the_search_at_once(searched, scripted):
    scripted.faults[0] = failure("unavailable")
    with pytest.raises(UserError, match="it failed"):
        searched()
    assert len(scripted.trained) == 1


@pytest.mark.parametrize(
    ("more", "what", "part"),
    [
        ((), {"space": ("hidden_size=2..8", *SPACE[1:])}, "its space is"),
        (("--batch-size", "16"), {}, "batch_size=16"),
        (("--sampler", "random"), {}, "its sampler is 'tpe', not 'random'"),
        (("--search-seed", "1"), {}, "its search seed is '0', not '1'"),
    ],
)
def test_the_folder_of_another_search_is_refused(
    searched, scripted, more, what, part
):
    searched()
    with pytest.raises(UserError) as refused:
        searched(*more, **what)
    text = str(refused.value)
    assert part in text, text
    assert "--out" in text
    assert len(scripted.trained) == 12


def test_the_storage_of_another_study_is_refused(searched, plan_of, scripted):
    path = plan_of().out / "optuna.db"
    path.parent.mkdir()
    optuna.create_study(study_name="mine", storage=f"sqlite:///{path}")
    with pytest.raises(UserError, match="another study, 'mine'"):
        searched()
    path.write_text("no database, but a text of some length\n" * 40)
    with pytest.raises(UserError, match="no studies of Optuna"):
        searched()
    path.unlink()
    sqlite3.connect(path).execute("create table notes (text)").close()
    searched()
    assert len(scripted.trained) == 12


def test_a_cell_may_be_added_to_a_search(searched, scripted):
    searched("--cells", "rnn")
    studies, _ = searched("--cells", "rnn", "lstm")
    assert [*studies] == ["rnn", "lstm"]
    assert [run.cell for run in scripted.trained] == ["rnn"] * 6 + ["lstm"] * 6


def test_the_parameter_that_changes_the_score_is_the_important_one(searched):
    """The error depends on the learning rate most, on hidden size not."""
    studies, _ = searched("--trials", "30", "--sampler", "random")
    found = importances(studies["gru"])
    assert sum(found.values()) == pytest.approx(1.0)
    assert found["hidden_size"] < 0.1 < found["learning_rate"]


def test_selected_settings_are_tested_with_seeds_that_no_trial_had(plan_of):
    plan = plan_of("--seeds", "2")
    setting = {"learning_rate": 0.01, "num_layers": 1}
    runs = plan.test_plan(
        {
            "rnn": {**setting, "hidden_size": 3},
            "gru": {**setting, "hidden_size": 5},
        }
    ).runs
    assert [(r.seed, r.cell, r.model.hidden_size) for r in runs] == [
        *((0, "rnn", 3), (0, "gru", 5)),
        *((1, "rnn", 3), (1, "gru", 5)),
    ]
    assert SEED not in {run.seed for run in runs}
