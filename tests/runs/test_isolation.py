"""Processes import nothing from the current folder, and leave nothing."""

import importlib.machinery
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from factories.processes import read, wait_until

import comparisons
from comparisons.records import environment
from comparisons.records.environment import ROOT, commit, isolate
from comparisons.runs.processes import Worker, start_python
from shared.errors import UserError

PLANTED = (
    *("queue.py", "numpy.py", "json.py", "torch.py", "typing.py"),
    *("msgspec.py", "argparse.py", "tempfile.py", "sitecustomize.py"),
    *("shared/__init__.py", "pytorch_impl/__init__.py"),
    *("multiprocessing/__init__.py", "comparisons/__init__.py"),
)
MARK = "import os\nopen({path!r}, 'a').write(__file__ + '\\n')\n"


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """The current folder, whose modules leave a mark when imported."""
    folder, marks = tmp_path / "here", tmp_path / "marks"
    for name in PLANTED:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MARK.format(path=str(marks)))
    monkeypatch.chdir(folder)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    marks.touch()
    yield folder
    assert marks.read_text() == ""


def test_a_worker_imports_nothing_from_the_current_folder(planted):
    request = {"job": "baselines", "task": "sien", "framework": "pytorch"}
    pipes = {"stdin": -1, "stdout": -1, "stderr": -1}
    with start_python("comparisons.worker", **pipes) as worker:
        out, err = worker.communicate(json.dumps(request | {"cell": "gru"}))
    assert "did you mean 'sine'?" in json.loads(out)["message"], err


@pytest.mark.parametrize(
    "start", [("-m", "comparisons.compare"), (ROOT / "comparisons/compare.py",)]
)
def test_the_command_imports_nothing_from_the_current_folder(planted, start):
    # What is named after -m is looked for in the current folder.
    (planted / "comparisons" / "__init__.py").unlink()
    (planted / "comparisons").rmdir()
    done = subprocess.run(
        [sys.executable, *map(str, start), "list"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_grandchildren_are_safe_too(planted, monkeypatch):
    monkeypatch.setenv("PYTHONSAFEPATH", "")
    isolate()
    subprocess.run([sys.executable, "-c", "import queue"], check=True)


@pytest.mark.parametrize(
    ("argv", "path", "dropped"),
    [
        (["-m"], "", True),
        (["compare.py"], "", False),
        (["compare.py"], comparisons.FOLDER, True),
        (["-m"], "/other", False),
    ],
)
def test_only_what_python_itself_put_first_is_dropped(
    tmp_path, monkeypatch, argv, path, dropped
):
    monkeypatch.chdir(tmp_path)
    first = path or str(tmp_path)
    monkeypatch.setattr(sys, "argv", argv)
    monkeypatch.setattr(sys, "path", [first, "/lib"])
    comparisons.drop_unsafe_path()
    assert sys.path == ["/lib"] if dropped else [first, "/lib"]


def test_the_packages_of_this_checkout_come_first(tmp_path, monkeypatch):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    for name in comparisons.OWN:
        spec = importlib.machinery.PathFinder.find_spec(name)
        found = comparisons.OwnPackages.find_spec(name)
        assert Path(found.origin) == ROOT / name / "__init__.py"
        assert name != "shared" or spec.origin != found.origin


def test_a_deleted_current_folder_is_one_line(tmp_path, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONSAFEPATH", "")
    folder.rmdir()
    with pytest.raises(UserError, match="the current folder was deleted"):
        isolate()
    monkeypatch.undo()


def test_a_worker_leaves_no_temporary_file(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    worker = Worker()
    (place,) = tmp_path.iterdir()
    environment = f"/proc/{worker.process.pid}/environ"
    wait_until(lambda: read(environment))  # empty until the program has begun
    assert f"TMPDIR={place}".encode() in read(environment).split(b"\0")
    (place / "torchinductor_root").mkdir()
    worker.end()
    assert list(tmp_path.iterdir()) == []


def test_a_worker_whose_parent_is_killed_removes_its_folder(tmp_path):
    program = (
        "import os, sys\n"
        "from comparisons.runs.processes import Worker\n"
        "worker = Worker()\n"
        'line = \'{"task": "sien", "framework": "x", "cell": "y"}\'\n'
        "worker.process.stdin.write(line + '\\n')\n"
        "worker.process.stdin.flush()\n"
        "worker.messages.get()\n"
        "os._exit(0)\n"
    )
    env = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", program], env=env, check=True)
    wait_until(lambda: not list(tmp_path.iterdir()), 10.0)


def test_the_commit_is_read_without_a_lock(tmp_path, monkeypatch):
    def git(*words):
        command = ["git", "-C", str(tmp_path), "-c", "user.name=a"]
        subprocess.run([*command, "-c", "user.email=a", *words], check=True)

    git("init", "-q")
    (tmp_path / "a").write_text("a")
    git("add", "a")
    git("commit", "-qm", "a")
    os.utime(tmp_path / "a", (1, 1))  # git would note that it is the same
    index = tmp_path / ".git" / "index"
    before = index.stat().st_mtime_ns, index.stat().st_ino
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    first = commit.__wrapped__()
    assert len(first) == 12
    (tmp_path / "a").write_text("b")
    assert commit.__wrapped__() == f"{first}+"
    assert (index.stat().st_mtime_ns, index.stat().st_ino) == before
