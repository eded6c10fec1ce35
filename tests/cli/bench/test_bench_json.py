"""The JSON of `bench --json`, as other programs read it."""

from __future__ import annotations

import importlib
import json
import math
from statistics import mean, stdev

import pytest
from factories.specs import run_spec

from comparisons.bench.pytest_json import TIMES as TIMES_OF
from comparisons.bench.pytest_json import check_json, stats, write_json
from comparisons.compare import dispatch
from comparisons.records import measurements
from comparisons.records.record import record_of
from shared.errors import UserError

TIMES = [0.2, 0.1, 0.4, 0.1]
BY_KIND = {
    "bench": {"hidden_size": 32, "ours": TIMES, "minimal": [0.1]},
    "attention": {
        "sizes": {"beam": 5},
        "steps": {"none": TIMES},
        "searches": {"greedy": [0.3]},
    },
    "padding": {"sizes": {"steps": 9}, "with": TIMES, "without": [0.1]},
    "scan": {"sizes": {}, "form": "scan", "times": {"16": TIMES, "32": [1.0]}},
    "paths": {
        "mode": "training",
        "sizes": dict.fromkeys(
            ("hidden_size", "steps", "batch_size", "threads"), 2
        ),
        "times": {"native": TIMES, "scratch": TIMES},
        "deviations": {"native": 0.0, "scratch": 0.0},
        "products": [0.1, 0.1],
        "flops": 1,
        "bytes": 1,
    },
    "inference": {
        "group": "a",
        "sizes": {"batch_size": 64, "hidden_size": 2},
        "latency": [TIMES[:2], TIMES[2:]],
        "throughput": [[0.3], [0.5]],
        "deviations": {"latency": 0.0, "throughput": 0.0},
    },
    "generation": {
        "hidden_size": 32,
        "texts": [
            {
                "batch": 1,
                "length": 100,
                "first": 0.1,
                "later": 0.3,
                "first_tokens": 20,
                "later_tokens": 80,
            }
        ],
    },
}


def record(kind, framework="pytorch"):
    run = run_spec("sine", framework, "gru")
    return record_of(
        kind, "key", run, "compare.py bench", versions={}, **BY_KIND[kind]
    )


def as_the_action_reads(text):
    """As benchmark-action/github-action-benchmark does with tool 'pytest'."""
    return [
        {
            "name": bench["fullname"],
            "value": bench["stats"]["ops"],
            "unit": "iter/sec",
            "range": f"stddev: {bench['stats']['stddev']}",
            "extra": (bench["stats"]["mean"], bench["stats"]["rounds"]),
        }
        for bench in json.loads(text)["benchmarks"]
    ]


@pytest.mark.parametrize("kind", BY_KIND)
def test_the_action_reads_each_series_under_a_name_of_its_own(kind, tmp_path):
    path = tmp_path / "bench.json"
    write_json(path, [record(kind), record(kind, "jax")])
    found = as_the_action_reads(path.read_text())
    names = [bench["name"] for bench in found]
    assert len(set(names)) == len(names)
    assert sum("pytorch-gru" in name for name in names) == len(names) / 2
    assert all(math.isfinite(bench["value"]) for bench in found)
    timed = [bench for bench in found if bench["extra"][1] == len(TIMES)]
    for bench in timed:
        assert bench["value"] == pytest.approx(5.0)  # 4 / 0.8 s
        _, spread = bench["range"].split()
        assert float(spread) == pytest.approx(stdev(TIMES))


def test_statistics_are_those_of_the_times():
    found = stats([*TIMES, 9.0])
    assert found["mean"] == pytest.approx(mean([*TIMES, 9.0]))
    assert found["median"] == 0.2
    assert (found["q1"], found["q3"]) == (0.1, 0.4)
    assert found["outliers"] == "1;1"
    assert (found["ld15iqr"], found["hd15iqr"]) == (0.1, 0.4)
    assert found["ops"] == pytest.approx(5 / 9.8)
    alone = stats([2.0])
    assert (alone["stddev"], alone["iqr"], alone["rounds"]) == (0.0, 0.0, 1)


def test_every_kind_of_benchmark_has_its_series():
    kinds = [
        kind
        for name, kind in vars(measurements).items()
        if name.startswith("Bench")
    ]
    assert len(kinds) == 8
    assert all(issubclass(kind, tuple(TIMES_OF)) for kind in kinds)


def test_a_file_that_cannot_be_written_is_refused_before_timing(tmp_path):
    with pytest.raises(UserError, match="is a folder"):
        check_json(tmp_path)
    with pytest.raises(UserError, match="does not exist"):
        check_json(tmp_path / "absent" / "bench.json")
    words = ["bench", "padding", "--json", str(tmp_path)]
    with pytest.raises(UserError, match="is a folder"):
        dispatch(words)
    check_json(None)


@pytest.mark.parametrize(
    ("words", "timer", "kind"),
    [
        ("steps --task sine --cells gru", "record_rows", "bench"),
        ("padding", "record_synthetic", "padding"),
        ("scan --cells gru", "record_rows", "scan"),
        ("paths --cells gru", "timed", "paths"),
    ],
)
def test_a_benchmark_writes_what_it_timed(
    words, timer, kind, tmp_path, monkeypatch, capsys
):
    name, *more = words.split()
    module = importlib.import_module(f"comparisons.bench.{name}")
    monkeypatch.setattr(module, timer, lambda *_, **__: [record(kind)])
    path = tmp_path / "bench.json"
    out = ["--out", str(tmp_path), "--frameworks", "pytorch"]
    assert dispatch(["bench", name, *more, *out, "--json", str(path)]) == 0
    found = as_the_action_reads(path.read_text())
    assert any(b["value"] == pytest.approx(5.0) for b in found)
