"""Worker processes: started, given jobs, waited for, ended."""

import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from comparisons.records.environment import ROOT
from comparisons.worker.messages import Emit, Message, dumps, loads
from shared.specs import RunSpec

TAIL = 2000
"""Characters of standard error that a failure reports."""

START = """
import os, runpy, sys
if cores := os.environ.pop("RNN_CORES", ""):
    os.sched_setaffinity(0, map(int, cores.split(",")))
sys.path.insert(0, sys.argv.pop(1))
import comparisons
del sys.path[0]
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""
"""Runs a module of this checkout, which need not be installed, on its cores.

It is pinned before anything is imported: libraries count cores as they load.
"""

ENVIRONMENT = {
    "PYTHONSAFEPATH": "1",  # also of processes that it starts
    "PYTHONUTF8": "1",
    "PYTHONIOENCODING": "utf-8",
}


def start_python(
    module: str,
    *arguments: str,
    env: Mapping[str, str] | None = None,
    cores: Sequence[int] = (),
    **options: Any,
) -> subprocess.Popen[str]:
    """Start a module as a program that imports nothing from its folder.

    cores: those that it may use, () for all of this process.
    """
    words = [sys.executable, "-P", "-c", START, str(ROOT), module, *arguments]
    variables = {**os.environ, **ENVIRONMENT, **(env or {})}
    variables["RNN_CORES"] = ",".join(map(str, cores))
    return subprocess.Popen(words, env=variables, encoding="utf-8", **options)


class WorkerError(Exception):
    """A job without a result; `status` is that of the record."""

    def __init__(self, status: str, message: str, tail: str):
        super().__init__(message)
        self.status, self.tail = status, tail

    @property
    def fields(self) -> Message:
        tail = self.tail
        return {"status": self.status, "error": str(self), "stderr": tail}


class Worker:
    """One process of a worker module; it runs one job at a time.

    It has its own session, so that Ctrl-C reaches only the runner, which then
    ends it.
    """

    def __init__(
        self,
        cores: Sequence[int] = (),
        module: str = "comparisons.worker",
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives on
        # Frameworks leave files where temporary ones belong.
        self.folder = tempfile.TemporaryDirectory(
            prefix="rnn-", ignore_cleanup_errors=True
        )
        self.process = start_python(
            *(module, self.folder.name),
            env={"TMPDIR": self.folder.name, **(env or {})},
            cores=cores,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            start_new_session=True,
        )
        self.messages: queue.Queue[Message | None] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def send(self, job: str, run: RunSpec, extra: Message) -> None:
        """Send a job; `receive` notices a dead process."""
        self.reply({"job": job, "extra": extra, **asdict(run)})

    def reply(self, message: Message) -> None:
        """Send a line, such as the answer to a message of the job."""
        line = dumps(message)
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):  # ended, its pipe closed
            self.messages.put(None)

    def receive(self, timeout: float, on_event: Emit) -> Message:
        """The job's result; its other events go to on_event.

        Raises WorkerError: "unavailable" for what the user can fix (a device, a
            module), "timeout" or "failed".
        """
        end = time.monotonic() + timeout
        while True:
            try:
                left = max(0.0, end - time.monotonic())
                message = self.messages.get(timeout=left)
            except queue.Empty:
                tail = self.tail()
                self.end()
                text = f"no result after {timeout:g} s (--timeout)"
                raise WorkerError("timeout", text, tail) from None
            if message is None:
                code = self.process.wait()
                how = f"signal {-code}" if code < 0 else f"exit status {code}"
                text = f"the worker ended: {how}"
                raise WorkerError("failed", text, self.tail())
            if message["event"] == "result":
                return message
            if message["event"] == "error":
                status = "unavailable" if message["fixable"] else "failed"
                raise WorkerError(status, message["message"], self.tail())
            on_event(message)

    def ask(
        self,
        job: str,
        run: RunSpec,
        timeout: float,
        on_event: Emit = lambda message: None,
        **extra: Any,
    ) -> Message:
        self.send(job, run, extra)
        return self.receive(timeout, on_event)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def tail(self) -> str:
        """The last lines that the process wrote to standard error."""
        if self.errors.closed:
            return ""
        size = self.errors.seek(0, 2)
        self.errors.seek(max(0, size - TAIL))
        return self.errors.read().decode(errors="replace")

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        self.process.kill()
        self.process.wait()
        self.reader.join(5.0)  # its stream ends with the process
        for stream in (self.process.stdin, self.process.stdout, self.errors):
            with suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]
        self.folder.cleanup()

    def _read(self) -> None:
        """Queue each line of standard output; None after the last."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):  # else its writer was killed in it
                self.messages.put(loads(line))
        self.messages.put(None)
