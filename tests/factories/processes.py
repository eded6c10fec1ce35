"""What the tests of the comparison share: its command, and processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

# A job in the background ignores Ctrl-C, and so would what it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

KILLS = int(os.environ.get("KILLS", "3"))
"""Kills of each kind by a test of faults, at drawn moments; before a release
20: the moments that matter are short, and each kill costs a start."""

LIMIT = 240.0
"""Seconds that any command may take on a busy machine."""

TINY = (
    *("--task", "sine", "--preset", "quick", "--threads", "1", "--quiet"),
    *("--train-sequences", "380", "--validation-sequences", "40"),
    *("--test-sequences", "10", "--test-forecasts", "4"),
    *("--epochs", "3", "--report", "off"),
)
"""A comparison of a second or two; later flags replace these."""

PYTORCH = ("--frameworks", "pytorch")


LOADED = """
from comparisons.frameworks import get_framework
from comparisons.worker.loading import hidden

with hidden(get_framework("{}").unneeded):
    import keras
"""


def program(framework: str, text: str) -> list[str]:
    """The command of a program that imports Keras as a worker does.

    Without what Keras imports where it finds it, which takes seconds.
    """
    return [sys.executable, "-c", LOADED.format(framework) + text]


@dataclass
class Finished:
    """A command that ended, with all that an assertion needs to show."""

    code: int
    out: str
    err: str

    def __str__(self) -> str:
        """The whole output."""
        return f"code {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


def run(
    command: list[str], env: Mapping[str, str] | None = None, text: str = ""
) -> Finished:
    """Run a command to its end."""
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        env={**os.environ, **(env or {})},
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def command(*arguments: str | Path) -> list[str]:
    """The words of `compare.py` with these arguments."""
    return [sys.executable, "-m", "comparisons.compare", *map(str, arguments)]


def compare(
    *arguments: str | Path, env: Mapping[str, str] | None = None
) -> Finished:
    """Run `compare.py` to its end."""
    return run(command(*arguments), env)


class Running:
    """A `compare.py` at work; its output goes to a folder."""

    def __init__(self, folder: Path, *arguments: str | Path):
        folder.mkdir(exist_ok=True)
        self.paths = folder / "out.txt", folder / "err.txt"
        with self.paths[0].open("w") as out, self.paths[1].open("w") as err:
            self.process = subprocess.Popen(
                command(*arguments), stdout=out, stderr=err
            )

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition while the command is at work."""
        wait_until(lambda: condition() or self.process.poll() is not None)
        assert self.process.poll() is None, self.finished()

    def workers(self) -> list[int]:
        """The process ids of the workers that live."""
        return [
            pid
            for pid in (int(path.name) for path in Path("/proc").glob("[1-9]*"))
            if parent_of(pid) == self.process.pid
            and b"comparisons.worker" in read(f"/proc/{pid}/cmdline")
        ]

    def finished(self) -> Finished:
        """Wait for the end."""
        code = self.process.wait(LIMIT)
        out, err = (path.read_text() for path in self.paths)
        return Finished(code, out, err)

    def end(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()


def wait_until(condition: Callable[[], object], limit: float = LIMIT) -> None:
    """Poll a condition; fail when it does not come true."""
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, "the condition did not come true"
        time.sleep(0.02)


def read(path: str) -> bytes:
    """A file of /proc, empty when its process is gone."""
    try:
        return Path(path).read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def stat(pid: int) -> list[str]:
    """State, parent and what else /proc knows; empty for one that ended."""
    fields = read(f"/proc/{pid}/stat").decode().rpartition(")")[2].split()
    return [] if fields[:1] == ["Z"] else fields


def parent_of(pid: int) -> int:
    """The parent of a living process, else 0."""
    fields = stat(pid)
    return int(fields[1]) if fields else 0


def processes(name):
    """The living processes whose command line has this name."""
    pids = (int(path.name) for path in Path("/proc").glob("[1-9]*"))
    return [
        pid
        for pid in pids
        if name in read(f"/proc/{pid}/cmdline") and stat(pid)
    ]


def descendants(pid):
    """The processes that a process started, and those that they did."""
    parents = {p: stat(p) for p in processes(b"")}
    found, new = set(), {pid}
    while new:
        new = {p for p, s in parents.items() if s and int(s[1]) in new} - found
        found |= new
    return found


def ticks(pid: int) -> int:
    """Clock ticks of processor time that a process has used."""
    return sum(map(int, stat(pid)[11:13]))


def records(folder: Path, kind: str = "run") -> list[dict]:
    """The whole lines of a folder's records, of one kind."""
    path = folder / "runs.jsonl"
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    found = map(json.loads, lines)
    return [record for record in found if record["kind"] == kind]


def outcomes(folder: Path) -> list[tuple[int, str]]:
    """Seed and status of each run, in the order of the file."""
    return [(r["seed"], r["status"]) for r in records(folder)]


def bytes_of(folder: Path) -> bytes:
    """The records of a folder, as stored."""
    return (folder / "runs.jsonl").read_bytes()


def assert_refused(done: Finished, *texts: str) -> None:
    """Code 2 and one line on standard error with all of these texts."""
    assert done.code == 2, done
    assert done.err.startswith("compare.py: "), done
    assert done.err.count("\n") == 1, done
    for text in texts:
        assert text in done.err, done


HIDE = """
import sys
from importlib.machinery import PathFinder

class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            return None
        return super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = Without
"""


def without(folder, *names):
    """The environment of a machine where these modules are not installed."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HIDE.format(names=names))
    path = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
    return {"PYTHONPATH": path.rstrip(os.pathsep)}
