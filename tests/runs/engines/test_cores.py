"""Each worker has cores of its own."""

import os

import pytest

from comparisons.runs.engines import cores
from comparisons.runs.engines.cores import cores_of_workers, spare


@pytest.fixture
def eight(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {*range(8)})


@pytest.mark.parametrize(
    ("jobs", "threads", "each"), [(8, 1, 1), (4, 2, 2), (3, 0, 2), (2, 3, 3)]
)
def test_no_core_is_shared(eight, jobs, threads, each):
    found = cores_of_workers(jobs, threads)
    assert [len(share) for share in found] == [each] * jobs
    assert len({core for share in found for core in share}) == jobs * each


def test_the_first_core_is_left_to_the_system_if_one_is(eight):
    assert 0 not in {core for share in cores_of_workers(3, 2) for core in share}


def test_runs_stay_timed_only_where_a_core_is_left(eight):
    assert spare(7, 1)
    assert not spare(8, 1)
    assert not spare(2, 0)  # all cores


def test_without_pinning_each_worker_may_use_all(monkeypatch):
    monkeypatch.setattr(cores, "can_pin", lambda: False)
    assert cores_of_workers(3, 1) == [(), (), ()]
