"""The page on scale computes from what was measured."""

import json

import pytest

from comparisons.site.speed.scale import capacity, duration, engines

LINE = {
    "engine": "ray",
    "jobs": 2,
    "runs": 1000,
    "run_ms": 20.0,
    "dispatch_ms": 9.0,
    "pipe_ms": 1.0,
    "driver_ms": 3.0,
    "append_ms": 2.0,
    "peak_mb": 120.4,
    "record_bytes": 4000.0,
    "sent_bytes": 2000.0,
    "read_ms": 0.1,
    "machine": {"processor": "P", "cores": 2},
    "command": "python -m comparisons.bench.scale",
}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "scale.jsonl").write_text(json.dumps(LINE) + "\n")
    return tmp_path


def cells(table, first):
    (row,) = (r for r in table.splitlines() if r.startswith(f"| {first} |"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_short_runs_saturate_the_driver(root):
    """30 ms a run on 1,000 cores is 33,333 a second, of 5 ms each."""
    table = capacity(root, "scale.jsonl")
    assert cells(table, "20 ms")[1:] == [
        *("33,333.3", "3 s", "16,667%", "66.67 MB/s", "8.3 min", "0%"),
    ]
    assert "where a run takes more than 5 s" in table
    assert "16.7 min of core time of overhead" in table
    assert "a store of 0.40 GB that is read in 10 s" in table


def test_long_runs_keep_the_cores_at_work(root):
    shown = cells(capacity(root, "scale.jsonl"), "10 min")
    assert shown[3:] == ["1%", "0.00 MB/s", "16.7 h", "100%"]


def test_each_engine_is_a_row(root):
    table = engines(root, "scale.jsonl")
    assert cells(table, "ray")[1:5] == ["1,000", "20 ms", "10.0 ms", "3.0 ms"]
    assert LINE["command"] in table


def test_durations_have_their_unit():
    assert [duration(s) for s in (0.5, 42.0, 90.0, 7200.0)] == [
        *("0.5 s", "42 s", "1.5 min", "2.0 h"),
    ]
