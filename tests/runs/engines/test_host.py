"""What other machines get, and what they do with it."""

import json
import os
import pickle
import sys
from dataclasses import asdict

import pytest
from factories.processes import run as run_command
from factories.specs import run_spec

from comparisons.bench.scale.measure import TASK
from comparisons.frameworks import resolve_run
from comparisons.records.environment import ROOT
from comparisons.runs.engines import host, staging
from comparisons.runs.engines.engine import WorkItem, packed, unpacked
from comparisons.runs.engines.host import Host, write_files
from comparisons.runs.engines.staging import stage
from shared.tasks.files import NAMED, use_file


@pytest.fixture
def own_task(tmp_path, monkeypatch):
    """The run of a task file outside of the package."""
    monkeypatch.setenv(NAMED, "")
    path = tmp_path / "mine.py"
    path.write_text(TASK.read_text())
    task = use_file(path)
    return resolve_run(task=task, framework="pytorch", cell="rnn", seed=3)


def test_an_item_of_a_task_file_can_be_sent(own_task):
    item = WorkItem("run", "key", own_task, {"checkpoint": None})
    sent = pickle.loads(pickle.dumps(packed(item)))  # noqa: S301 - our own
    assert unpacked(sent) == item


class Done:
    """A slot whose worker writes its files."""

    def __init__(self, cores, timeout):
        pass

    def do(self, item, program):
        self.item = item
        for path in item.request.values():
            with open(path, "w") as stream:  # noqa: PTH123
                stream.write("content")
        return {"status": "ok", "checkpoint": "one.bin"}


def test_files_of_a_run_come_back_to_where_it_was_given(tmp_path, monkeypatch):
    monkeypatch.setattr(host, "Slot", Done)
    paths = {n: str(tmp_path / "out" / n) for n in ("checkpoint", "examples")}
    item = WorkItem("run", "key", run_spec("sine", "jax", "rnn"), paths)
    fields = Host(9.0).do(packed(item))
    assert not (tmp_path / "out").exists()
    assert {"processor", "host"} <= fields["machine"].keys()
    assert write_files(fields)["checkpoint"] == "one.bin"
    for path in paths.values():
        with open(path) as stream:  # noqa: PTH123
            assert stream.read() == "content"


def test_files_that_were_sent_are_read_where_the_own_are_not(
    tmp_path, own_task, monkeypatch
):
    monkeypatch.setattr(host, "Slot", Done)
    staged = stage(own_task, tmp_path / "code")
    (copy,) = staged.sent.values()
    assert (staged.folder / copy).read_text() == TASK.read_text()
    for package in ("comparisons", "shared", "jax_impl"):
        assert (staged.folder / package / "__init__.py").is_file()
    item = WorkItem("equivalence", "key", own_task)
    monkeypatch.chdir(staged.folder)
    (tmp_path / "mine.py").unlink()
    other = Host(9.0, staged.environment, staged.sent)
    other.do(packed(item))
    assert other.slot.item.run.task == str(staged.folder / copy)
    assert os.environ[NAMED] == str(staged.folder / copy)


def test_only_the_files_that_loading_opens_are_sent(tmp_path, monkeypatch):
    data = tmp_path / "data"
    data.mkdir()
    for name in ("read.txt", "other.txt"):
        (data / name).write_text("x")
    monkeypatch.setenv("RNN_DATA_DIR", str(data))
    opened = [data / "read.txt", ROOT / "README.md"]
    monkeypatch.setattr(staging, "opened_files", lambda run: opened)
    staged = stage(run_spec("sine", "jax", "rnn"), tmp_path / "code")
    assert staged.environment == {"RNN_DATA_DIR": "data"}
    found = sorted(p.name for p in (staged.folder / "data").iterdir())
    assert found == ["read.txt"]


@pytest.mark.slow
def test_the_program_lists_what_loading_opens(own_task):
    done = run_command(
        [sys.executable, "-m", staging.MODULE],
        text=json.dumps(asdict(own_task)) + "\n",
    )
    assert done.code == 0, done
    assert own_task.task in json.loads(done.out)
