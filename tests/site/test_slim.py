"""What docs/ keeps of a record: six digits, and the details that are shown."""

from __future__ import annotations

import json

from comparisons.site.record.slim import slim


def run(seed, cell="gru", **fields):
    detail = {"samples": ["a"], "confusion": [[1, 2.0]], "classes": ["b"]}
    found = {"kind": "run", "framework": "jax", "cell": cell, "seed": seed}
    return {**found, "detail": detail, **fields}


def kept(tmp_path, *records):
    path = tmp_path / "runs.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in records))
    slim(path)
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_only_the_first_seed_of_a_row_keeps_all_of_its_detail(tmp_path):
    records = [run(2), run(1), run(0, "lstm"), run(1, "lstm")]
    details = [one["detail"].keys() for one in kept(tmp_path, *records)]
    whole, part = {"samples", "confusion", "classes"}, {"confusion", "classes"}
    assert details == [part, whole, whole, part]


def test_times_have_six_significant_digits_settings_and_scores_all(tmp_path):
    """By the last digits of a score two frameworks differ."""
    rate = 0.00123456789
    (found,) = kept(
        tmp_path,
        run(
            0,
            spec={"learning_rate": rate},
            scores={"rmse": 0.0123456789},
            epochs=[{"loss": rate, "seconds": 123456.789, "epoch": 3}],
            parameters=123456789,
        ),
    )
    assert found["spec"] == {"learning_rate": rate}
    assert found["scores"] == {"rmse": 0.0123456789}
    (epoch,) = found["epochs"]
    assert epoch == {"loss": rate, "seconds": 123457.0, "epoch": 3}
    assert found["parameters"] == 123456789


def test_what_is_kept_is_kept_again(tmp_path):
    records = [run(0, seconds=1.23456789e-9), run(1)]
    once = kept(tmp_path, *records)
    assert kept(tmp_path, *once) == once


def test_records_without_a_seed_or_a_detail_lose_nothing(tmp_path):
    other = {"kind": "baselines", "task": "sine", "values": [1.5, None, "x"]}
    assert kept(tmp_path, other) == [other]
