"""Runs as an array job, through submitit's processes of this machine."""

import importlib.util
import os
import signal

import pytest
from factories.processes import (
    PYTORCH,
    TINY,
    Running,
    compare,
    descendants,
    outcomes,
    records,
    stat,
    wait_until,
)
from factories.specs import run_spec

from comparisons.runs.engines import array
from comparisons.runs.engines.array import (
    FOLDER,
    PART,
    JobArray,
    line_of,
    new_lines,
)
from comparisons.runs.engines.engine import WorkItem

pytestmark = pytest.mark.usefixtures("numpy_training")

FLAGS = (*TINY, *PYTORCH, "--cells", "rnn", "--checkpoints", "off")
needs_submitit = pytest.mark.skipif(
    importlib.util.find_spec("submitit") is None,
    reason="submitit is not installed (the extra slurm)",
)

ITEMS = [WorkItem("run", key, run_spec("sine", "jax", "rnn")) for key in "abc"]


class Nothing:
    """What an engine reports, to nobody."""

    def say(self, text): ...

    def begin(self, item): ...

    def event(self, message): ...


def test_a_line_counts_when_it_is_whole(tmp_path):
    path, places = tmp_path / f"x{PART}", {}
    path.write_text('{"a": 1}\n{"b"')
    assert new_lines(path, places) == ['{"a": 1}']
    assert new_lines(path, places) == []
    with path.open("a") as stream:
        stream.write(": 2}\n")
    assert new_lines(path, places) == ['{"b": 2}']


def test_what_a_killed_driver_left_is_taken_and_not_done_again(
    tmp_path, monkeypatch
):
    submitted = []

    def submit(self, items, watch):
        submitted.append([item.key for item in items])
        path = self.folder / f"new-{len(submitted)}{PART}"
        path.write_text(line_of(items[0], {"status": "ok"}))

    monkeypatch.setattr(JobArray, "_submit", submit)
    (tmp_path / FOLDER).mkdir()
    old = tmp_path / FOLDER / f"old{PART}"
    old.write_text(line_of(ITEMS[1], {"status": "ok"}) * 2)
    engine = JobArray(tmp_path, 9.0, 1)
    found = [(i.key, f["status"]) for i, f in engine.finish(ITEMS, Nothing())]
    assert found == [("b", "ok"), ("a", "ok"), ("c", "ok")]
    assert submitted == [["a", "c"], ["c"]]
    assert not (tmp_path / FOLDER).exists()


def test_what_is_lost_in_every_array_has_failed(tmp_path, monkeypatch):
    rounds = []
    monkeypatch.setattr(JobArray, "_submit", lambda *a: rounds.append(a))
    found = list(JobArray(tmp_path, 9.0, 1).finish(ITEMS[:1], Nothing()))
    assert [f["status"] for _, f in found] == ["failed"]
    assert len(rounds) == array.ROUNDS


@needs_submitit
@pytest.mark.slow
def test_an_array_brings_all_runs_into_the_store(tmp_path):
    out = tmp_path / "out"
    flags = (*FLAGS, "--seeds", "3", "--engine", "slurm", "--out", out)
    done = compare(*flags)
    assert done.code == 0, done
    assert sorted(outcomes(out)) == [(seed, "ok") for seed in range(3)]
    assert {r["timing"] for r in records(out)} == {"scored"}
    assert {r["machine"]["cores"] for r in records(out)} == {os.cpu_count()}
    assert not (out / FOLDER).exists()
    before = (out / "runs.jsonl").read_bytes()
    assert compare(*flags).code == 0
    assert (out / "runs.jsonl").read_bytes() == before


@needs_submitit
@pytest.mark.slow
def test_a_driver_that_ends_leaves_no_process_and_loses_nothing(tmp_path):
    """By Ctrl-C, then by a signal that leaves no time for a last word."""
    out, before = tmp_path / "out", b""
    long = ("--seeds", "4", "--epochs", "100", "--engine", "slurm")
    flags = (*FLAGS, *long, "--out", out)
    for how in (signal.SIGINT, signal.SIGKILL):
        known = len(records(out))
        running = Running(tmp_path, *flags)
        try:
            running.until(lambda: len(records(out)) > known)  # noqa: B023
            family = descendants(running.process.pid)
            running.process.send_signal(how)
            running.finished()
        finally:
            running.end()
        wait_until(lambda: not any(map(stat, family)), limit=30.0)  # noqa: B023
        after = (out / "runs.jsonl").read_bytes()
        assert after.startswith(before)
        before = after
    again = compare(*flags)
    assert again.code == 0, again
    assert (out / "runs.jsonl").read_bytes().startswith(before)
    assert sorted(outcomes(out)) == [(seed, "ok") for seed in range(4)]
