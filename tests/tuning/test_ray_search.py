"""A search by Ray Tune is the same search; Ray itself is a fake here."""

import pytest
from factories.fakes import ray as fakes
from factories.fakes.searches import EPOCHS, failure
from optuna.trial import TrialState

from comparisons.arguments import engines
from comparisons.runs.engines import connection
from comparisons.tuning.engines import ray_tune, steps
from comparisons.tuning.storage import NUMBER, ended
from shared.errors import UserError

RAY = ("--engine", "ray", "--sampler", "random")


@pytest.fixture
def ray(monkeypatch):
    monkeypatch.setitem(engines.ENGINES, "ray", "")  # it need not be installed
    found = fakes.install(monkeypatch, (connection, steps, ray_tune))
    for name in ray_tune.VARIABLES:
        monkeypatch.setenv(name, ray_tune.VARIABLES[name])
    for name in connection.VARIABLES:
        monkeypatch.setenv(name, connection.VARIABLES[name])
    return found


def settings(studies):
    """Cell -> the settings of its trials, by their number."""
    return {
        cell: {
            t.user_attrs[NUMBER]: t.user_attrs["setting"] for t in ended(one)
        }
        for cell, one in studies.items()
    }


def test_a_search_goes_on_with_another_engine(searched, ray, tmp_path):
    local = ("--sampler", "random")
    whole = settings(searched(*local, "--trials", "3")[0])
    (tmp_path / "out").rename(tmp_path / "alone")
    searched(*local, "--trials", "1")
    searched(*RAY, "--trials", "2")
    studies, records = searched(*local, "--trials", "3")
    assert settings(studies) == whole
    assert len(records) == len({r.key for r in records}) == 6
    kinds = [r.timing for r in records]
    assert kinds == ["timed"] * 2 + ["scored"] * 2 + ["timed"] * 2
    assert ray[0].calls == ["init", "kill", "shutdown"]
    assert max(ray[1].at_once) == 2


def test_the_pruner_ends_trials_by_the_epoch(searched, ray):
    studies, records = searched(*RAY, "--trials", "9", "--pruner", "median")
    pruned = [r for r in records if r.status == "pruned"]
    assert pruned
    assert all(0 < len(r.epochs) < EPOCHS for r in pruned)
    states = [t.state for one in studies.values() for t in ended(one)]
    assert states.count(TrialState.PRUNED) == len(pruned)


def test_a_trial_that_is_lost_again_and_again_has_failed(searched, ray):
    ray[1].lost = {1}
    studies, records = searched(*RAY, "--trials", "2")
    assert [r.status for r in records].count("failed") == 1
    (lost,) = [r for r in records if r.status == "failed"]
    assert "3 actors of Ray that had this trial were lost" in lost.error
    assert [len(ended(one)) for one in studies.values()] == [2, 2]


def test_what_cannot_run_there_ends_the_search(searched, scripted, ray):
    scripted.faults[1] = failure("unavailable")
    with pytest.raises(UserError, match="it failed"):
        searched(*RAY)
    assert ray[0].calls[-2:] == ["kill", "shutdown"]
    assert len(scripted.trained) < 12


def test_connections_of_a_session_share_one_local_ray(ray, tmp_path):
    with connection.one_local_ray():
        for _ in range(2):
            one = connection.Connection("")
            one.open(None, {})
            one.close()
        assert ray[0].calls == ["init"]
    assert ray[0].calls == ["init", "shutdown"]
    alone = connection.Connection("")
    alone.open(None, {})
    alone.close()
    assert ray[0].calls == ["init", "shutdown"] * 2


def test_a_local_ray_that_does_not_start_is_one_line(ray, monkeypatch):
    def init(**options):
        raise Exception("the node timed out")  # as Ray itself does

    monkeypatch.setattr(ray[0], "init", init)
    one = connection.Connection("")
    with pytest.raises(UserError, match="Ray did not start on this machine"):
        one.open(None, {})
    one.close()
