"""What counts, what is the record, and that no entry is lost."""

from __future__ import annotations

import pytest
from factories.specs import run_spec
from factories.speedruns import TARGET, seeds

from comparisons.records.measurements import Equivalence
from comparisons.records.record import record_of
from comparisons.site.speed.speedrun import leaderboard
from comparisons.speedrun.leaderboard import (
    attempt_faults,
    enter,
    entries_in,
    entry_of,
    fastest,
    proof_faults,
)
from comparisons.speedrun.table import goals_in

FAST, SLOW = (4.0, 5.0, 6.0, 7.0, 8.0), (5.0, 6.0, 7.0, 8.0, 9.0)


def proof(measured):
    deviation = {"case": "gru", "check": "forward", "limit": 1e-5}
    found = record_of(
        *("equivalence", "key", run_spec("names", "jax", "gru"), "compare.py"),
        versions={},
        deviations=[deviation | {"measured": measured}],
    )
    assert isinstance(found, Equivalence)
    return found


@pytest.mark.parametrize(
    ("times", "fault"),
    [
        (FAST, ""),
        ((4.0, 5.0, None, 7.0, 8.0), "1 of 5 seeds did not reach"),
        (FAST[:4], "4 of 5 seeds"),
    ],
)
def test_an_entry_needs_five_seeds_that_all_reach(times, fault):
    found = attempt_faults(seeds(*times))
    assert len(found) == bool(fault)
    assert fault in "".join(found)


def test_an_entry_needs_checks_that_hold():
    assert proof_faults(proof(1e-7)) == []
    assert "forward" in "".join(proof_faults(proof(1e-3)))
    assert proof_faults(None)


def test_the_fastest_median_is_the_record_and_no_entry_is_lost(tmp_path):
    path = tmp_path / "speedrun.jsonl"
    fast, slow = (entry_of(seeds(*t, began=str(t)), "") for t in (FAST, SLOW))
    assert enter(path, fast)
    assert enter(path, slow)
    assert not enter(path, fast)  # the same runs
    assert entries_in(path) == [fast, slow]
    assert fastest(entries_in(path), "names", TARGET) == fast
    assert fastest(entries_in(path), "names", 0.9) is None
    assert fast.times == [*FAST]


def test_an_entry_is_a_line_of_its_own_after_one_without_its_end(tmp_path):
    path = tmp_path / "speedrun.jsonl"
    fast, slow = (entry_of(seeds(*t, began=str(t)), "") for t in (FAST, SLOW))
    enter(path, slow)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    enter(path, fast)
    assert entries_in(path) == [slow, fast]


def test_the_page_has_only_commands_where_there_is_no_record(tmp_path):
    text = leaderboard(tmp_path, "none.jsonl")
    for task in goals_in():
        assert f"compare.py speedrun {task} --leaderboard none.jsonl" in text
    assert "|" not in text


def test_the_page_shows_records_and_what_made_them_fast(tmp_path):
    name = "speedrun.jsonl"
    slow = entry_of(seeds(*SLOW, began="1"), "Larger batches")
    other = entry_of(seeds(9, 9, 9, 9, 9, began="2", framework="keras"), "Lost")
    fast = entry_of(seeds(*FAST, began="3"), "One bucket.")
    for entry in (slow, other, fast):
        enter(tmp_path / name, entry)
    text = leaderboard(tmp_path, name)
    rows = [line for line in text.splitlines() if line.startswith("| names")]
    assert "JAX | GRU | 6.0 | 4.0 to 8.0 | 2 |" in rows[0]
    assert "Keras | GRU | 9.0" in rows[1]
    assert "**7.0 s**, JAX GRU. Larger batches.\n" in text
    assert "**6.0 s**, JAX GRU (1.17 × as fast). One bucket.\n" in text
    assert "Lost" not in text  # it was no record
    assert "speedrun names --leaderboard" not in text
