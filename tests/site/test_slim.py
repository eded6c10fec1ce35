"""What docs/ keeps of a record: six digits, and the details that are shown."""

from __future__ import annotations

import gzip
import json

import pytest

from comparisons.records.files import records_file
from comparisons.records.lines import lines_of
from comparisons.site.record.slim import LIMIT, slim, slim_folder


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


@pytest.mark.parametrize(
    ("command", "published"),
    [
        ("compare.py --task sine --out 'my runs' --quiet", "--quiet"),
        ("compare.py --task sine --dataset 'a b' --out x", "--dataset 'a b'"),
        ("compare.py --task sine", ""),
    ],
)
def test_a_command_has_no_folder_of_one_machine(tmp_path, command, published):
    (found,) = kept(tmp_path, run(0, command=command))
    assert found["command"] == f"compare.py --task sine {published}".strip()


def test_what_is_kept_is_kept_again(tmp_path):
    records = [run(0, seconds=1.23456789e-9), run(1)]
    once = kept(tmp_path, *records)
    assert kept(tmp_path, *once) == once


def test_records_without_a_seed_or_a_detail_lose_nothing(tmp_path):
    other = {"kind": "baselines", "task": "sine", "values": [1.5, None, "x"]}
    assert kept(tmp_path, other) == [other]


def measured(tmp_path, kind, limit, *values):
    """What is kept of the deviations of a check."""
    found = [{"measured": value, "limit": limit} for value in values]
    other = {"kind": kind, "status": "ok", "deviations": found}
    (one,) = kept(tmp_path, other)
    return [deviation["measured"] for deviation in one["deviations"]]


@pytest.mark.parametrize("kind", ["equivalence", "verification"])
def test_deviations_have_three_digits_and_counts_all(tmp_path, kind):
    values = (1.23456e-8, 0.0, 9.87654e-12, None)
    short = [1.23e-8, 0.0, 9.87e-12, None]
    assert measured(tmp_path, kind, 1e-5, *values) == short
    assert measured(tmp_path, kind, 1e-5, *short) == short
    assert measured(tmp_path, kind, 0.0, 12345.0, None) == [12345.0, None]
    assert measured(tmp_path, "paths", 1e-5, 1.23456e-8) == [1.23456e-8]


def test_a_short_deviation_is_shown_as_the_long_one_and_keeps_its_side(
    tmp_path,
):
    """Digits behind a tie decide how it is rounded, behind a limit if it is."""
    long = [1.25001e-5, 1.24999e-5, 1.35e-5, 1.00001e-5, 9.99999e-6, 2.5001e-7]
    short = measured(tmp_path, "equivalence", 1e-5, *long)
    for kept_one, one in zip(short, long, strict=True):
        assert f"{kept_one:.1e} {kept_one:.0e}" == f"{one:.1e} {one:.0e}"
        assert (kept_one <= 1e-5) == (one <= 1e-5)


def slim_files(folder, count):
    """The files of a folder with so many bytes of records, once slim."""
    line = json.dumps({"kind": "x", "text": ""}, separators=(",", ":")) + "\n"
    text = line.replace('""', f'"{"a" * (count - len(line))}"')
    (folder / "runs.jsonl").write_text(text)
    slim_folder(folder)
    assert [one for _, one in lines_of(records_file(folder))] == [
        text.strip().encode()
    ]
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_records_over_the_limit_are_compressed_and_no_others(tmp_path):
    """What the folder had in the other form goes."""
    assert [*slim_files(tmp_path, LIMIT + 1)] == ["runs.jsonl.gz"]
    assert [*slim_files(tmp_path, LIMIT)] == ["runs.jsonl"]


def test_the_same_records_are_the_same_bytes(tmp_path, monkeypatch):
    first, second = tmp_path / "a", tmp_path / "b"
    found = []
    for folder, now in ((first, 1e9), (second, 2e9)):
        folder.mkdir()
        monkeypatch.setattr("time.time", lambda now=now: now)
        found.append(slim_files(folder, LIMIT + 1)["runs.jsonl.gz"])
    assert found[0] == found[1]
    assert found[0][3:8] == bytes(5), "no file name, no time"
    slim_folder(first)
    assert (first / "runs.jsonl.gz").read_bytes() == found[0]
    assert len(gzip.decompress(found[0])) == LIMIT + 1
