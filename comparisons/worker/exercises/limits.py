"""Limits of an answer: time, memory, and what it prints."""

import io
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024
MOST_PRINTED = 100_000
"""Characters that an answer may print."""


class LimitError(BaseException):
    """A limit that an answer exceeds; not an Exception, which it may catch."""


class Prints(io.StringIO):
    """What an answer prints, up to a limit."""

    left = MOST_PRINTED

    def write(self, text: str) -> int:
        self.left -= len(text)
        if self.left < 0:
            raise LimitError(f"prints more than {MOST_PRINTED:,} characters")
        return super().write(text)


@contextmanager
def limits(seconds: float, megabytes: int, prints: Prints) -> Iterator[None]:
    """Raise LimitError after seconds; MemoryError above this much memory.

    The memory is what the process needs beyond what it has, so that each
    framework leaves an answer the same. prints: gets standard output and error.
    """

    def end(number: int, frame: Any) -> None:
        raise LimitError(f"too slow: no result after {seconds:g} s")

    before = resource.getrlimit(resource.RLIMIT_DATA)
    most = data_bytes() + megabytes * MEBIBYTE if megabytes else before[0]
    old = signal.signal(signal.SIGALRM, end)
    resource.setrlimit(resource.RLIMIT_DATA, (most, before[1]))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with redirect_stdout(prints), redirect_stderr(prints):
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
        resource.setrlimit(resource.RLIMIT_DATA, before)


def data_bytes() -> int:
    """The memory of the process that counts toward RLIMIT_DATA."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text().splitlines()
        sizes = [line.split()[1] for line in lines if line.startswith("VmData")]
        return int(sizes[0]) * 1024
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage if sys.platform == "darwin" else usage * 1024
