"""Trials at once: the search is the same, and goes on where it was."""

import threading

import optuna
import pytest
from factories.fakes.searches import EPOCHS, error_of
from optuna.trial import TrialState

from comparisons.tuning.results import trial_rows
from comparisons.tuning.storage import NUMBER, STATUS, ended, numbers

JOBS = ("--jobs", "3", "--threads", "1")


def settings(studies):
    """Cell -> the settings of its trials, by their number."""
    return {
        cell: {
            t.user_attrs[NUMBER]: t.user_attrs["setting"] for t in ended(one)
        }
        for cell, one in studies.items()
    }


@pytest.mark.parametrize("sampler", ["random", "grid"])
def test_settings_are_those_of_one_job(searched, tmp_path, sampler):
    space = ("hidden_size=2..4", "num_layers=1,2")
    flags = ("--sampler", sampler)
    alone = settings(searched(*flags, space=space)[0])
    (tmp_path / "out").rename(tmp_path / "alone")
    assert settings(searched(*flags, *JOBS, space=space)[0]) == alone
    assert {len(own) for own in alone.values()} == {6}


def test_each_cell_has_as_many_trials_whose_seconds_are_no_result(searched):
    studies, records = searched(*JOBS)
    for cell, study in studies.items():
        rows = trial_rows(cell, study)
        assert len(rows) == 6
        assert {row.seconds for row in rows} == {None}
    assert {r.timing for r in records} == {"scored"}


def test_as_many_are_trained_at_once_as_there_are_jobs(
    searched, scripted, monkeypatch
):
    together = threading.Barrier(3, timeout=60.0)

    def score(run, epoch):
        if epoch == 0:
            together.wait()  # breaks unless three are at work
        return error_of(run, epoch)

    monkeypatch.setattr(scripted, "score", staticmethod(score))
    _, records = searched(*JOBS)
    assert [r.status for r in records] == ["ok"] * 12


def test_a_setting_at_work_is_not_trained_twice(searched, scripted):
    space = ("num_layers=1,2",)
    studies, records = searched(*JOBS, "--sampler", "random", space=space)
    assert len(records) == len({r.key for r in records}) == 4
    assert len(scripted.trained) == 4
    for study in studies.values():
        states = [trial.state for trial in ended(study)]
        assert states == [TrialState.COMPLETE] * 6


@pytest.mark.parametrize("sampler", ["random", "grid"])
def test_a_search_that_was_ended_goes_on_where_it_was(
    searched, scripted, tmp_path, sampler
):
    space = ("hidden_size=2..4", "num_layers=1,2")
    flags = ("--sampler", sampler)
    whole = settings(searched(*flags, space=space)[0])
    (tmp_path / "out").rename(tmp_path / "alone")
    scripted.trained.clear()
    scripted.faults[7] = OSError("no more processes")
    with pytest.raises(OSError, match="no more processes"):
        searched(*flags, *JOBS, space=space)
    studies, records = searched(*flags, space=space)
    assert settings(studies) == whole
    assert len(records) == len({r.key for r in records})
    for study in studies.values():
        assert len(ended(study)) == 6


def test_trials_at_once_are_pruned_by_the_epoch(searched):
    flags = ("--trials", "12", "--pruner", "median", "--sampler", "random")
    studies, records = searched(*JOBS, *flags)
    pruned = [r for r in records if r.status == "pruned"]
    assert pruned
    assert all(0 < len(r.epochs) < EPOCHS for r in pruned)
    states = [t.state for one in studies.values() for t in ended(one)]
    assert states.count(TrialState.PRUNED) == len(pruned)


def test_a_number_is_free_until_a_trial_of_it_counts():
    study = optuna.create_study()
    for attributes in ({NUMBER: 2}, {NUMBER: 1, STATUS: "interrupted"}, {}):
        study.add_trial(
            optuna.trial.create_trial(
                state=TrialState.FAIL, user_attrs=attributes
            )
        )
    assert numbers(study) == {2, 1}  # the last has none: the second that counts
