"""Cores are calibrated by a process that multiplies on them."""

import os

import pytest
from factories.processes import stat

from comparisons.runs.engines.calibration import ADMITTED, Calibration
from comparisons.runs.engines.cores import can_pin


@pytest.fixture
def calibration():
    core = min(os.sched_getaffinity(0)) if can_pin() else 0
    made = Calibration((core,) if can_pin() else (), 1)
    yield made
    made.end()


def test_it_multiplies_on_its_own_core(calibration):
    assert calibration.alone > 0
    assert calibration.rate() > 0
    if can_pin():
        cores = os.sched_getaffinity(calibration.process.pid)
        assert cores == {min(os.sched_getaffinity(0))}


def test_each_product_must_be_nearly_as_fast_as_alone(calibration):
    alone = calibration.alone
    assert calibration.undisturbed(alone, ADMITTED * alone)
    assert not calibration.undisturbed(alone, 0.99 * ADMITTED * alone)
    assert not calibration.undisturbed(0.5 * alone, alone)


def test_one_that_is_gone_says_disturbed(calibration):
    calibration.process.kill()
    calibration.process.wait()
    assert not calibration.undisturbed(calibration.rate())
    pid = calibration.process.pid
    calibration.end()
    assert not stat(pid)
