"""Of pages without a difference few claim one; intervals cover it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from comparisons.analysis.calibration.__main__ import calibrated, main
from comparisons.analysis.calibration.simulate import REGIMES, simulated
from comparisons.records.environment import ROOT

TABLES = 60
RECORDED = ROOT / "docs" / "calibration.jsonl"


@pytest.mark.parametrize("seeds", [1, 3, 5])
def test_claims_are_rare_and_intervals_right(seeds):
    """60 pages: 5 % are 3 ± 1.7, so 8 are three deviations more.

    Of 180 intervals, which are correlated by threes, 95 ± 2.4 % cover.
    """
    rng = np.random.default_rng(seeds)
    counts, _ = simulated("accuracy", REGIMES[1], seeds, TABLES, rng)
    assert counts.false_claims <= 8
    assert 0.88 <= counts.covered / counts.intervals <= 0.995


def test_a_wrong_interval_is_found():
    """The simulation distinguishes a wrong interval from a right one."""
    rng = np.random.default_rng(0)
    _, others = simulated("accuracy", REGIMES[0], 2, TABLES, rng)
    assert others["normal quantile"] < 0.85 * TABLES < others["used"]


def test_the_command_writes_a_line_for_each_case(tmp_path, capsys):
    path = tmp_path / "calibration.jsonl"
    main(["--tables", "6", "--seeds", "3", "--out", str(path)])
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["intervals"] for line in lines] == [3] * 6
    assert lines[0]["command"].endswith("--tables 6 --seeds 3")
    assert "3 seeds: 6 pages without a difference" in capsys.readouterr().out
    assert next(calibrated(6, (3,)))["covered"] == lines[0]["covered"]


@pytest.mark.parametrize("seeds", [1, 2, 3, 5, 10])
def test_the_recorded_simulation_holds(seeds):
    lines = [json.loads(line) for line in RECORDED.read_text().splitlines()]
    lines = [line for line in lines if line["seeds"] == seeds]
    total = {
        name: sum(line[name] for line in lines)
        for name in ("tables", "false_claims", "intervals", "covered")
    }
    assert total["intervals"] >= 12_000
    assert total["false_claims"] <= 0.05 * total["tables"]
    assert 0.93 <= total["covered"] / total["intervals"] <= 0.97
