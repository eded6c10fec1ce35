"""The machine and the code, as a record states them."""

import hashlib
import os
import platform
import re
import resource
import subprocess
import sys
from functools import cache
from pathlib import Path

from shared.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
MEBIBYTE = 1024 * 1024
RSS_UNIT = 1 if sys.platform == "darwin" else 1024

CODE = (
    *("comparisons/worker", "comparisons/equivalence", "shared"),
    "shared/files/registry.txt",
    *("comparisons/frameworks", "comparisons/implementation.py"),
)
"""What can change a result or a check, besides the implementation itself."""

CONTAINER = re.compile(r"[0-9a-f]{12}")
"""The name that a container has if it is given none."""

COMMIT = re.compile(r"# branch\.oid [0-9a-f]+$")

NO_RESULT = (
    *("shared/exhibits", "shared/exercises"),
    "comparisons/worker/exercises",
)
"""What of it only shows a result, or grades a reader's answer."""


def isolate() -> None:
    """Let no process that is started import from the current folder.

    UserError if the current folder was deleted: most programs need one.
    """
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        os.getcwd()  # noqa: PTH109
    except OSError as error:
        raise UserError(
            "the current folder was deleted; change to another one first"
        ) from error


def cpu_count() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def machine() -> dict[str, object]:
    info, processor = Path("/proc/cpuinfo"), ""
    if info.exists():
        lines = info.read_text("utf-8", "replace").splitlines()
        names = [line for line in lines if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else ""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": processor or platform.processor() or platform.machine(),
        "cores": cpu_count(),
        "memory_mb": pages // MEBIBYTE,
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "host": host(platform.node()),
    }


def host(name: str) -> str:
    """What distinguishes machines of one kind, without their names.

    A container has a new name each time it starts, but the same cores.
    """
    if not name or CONTAINER.fullmatch(name):
        return ""
    return hashlib.sha256(name.encode()).hexdigest()[:8]


@cache
def commit() -> str:
    """The commit of the code, "+" after it where files were changed.

    Nothing where the code is not a checkout.
    """
    # `git describe --dirty` would take the lock of the index.
    command = ["git", "--no-optional-locks", "-C", str(ROOT), "status"]
    command += ["--porcelain=v2", "--branch", "--untracked-files=no"]
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = done.stdout.splitlines()
    found = [line.rpartition(" ")[2] for line in lines if COMMIT.match(line)]
    changed = any(not line.startswith("#") for line in lines)
    return "".join(name[:12] + "+" * changed for name in found)


@cache
def code_hash(package: str) -> str:
    """A digest of the sources that decide a run's result."""
    digest, excluded = hashlib.sha256(), [ROOT / name for name in NO_RESULT]
    for name in (*CODE, package):
        path = ROOT / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if not any(map(file.is_relative_to, excluded)):
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def peak_memory_mb() -> float:
    """The largest resident memory of this process so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak * RSS_UNIT / MEBIBYTE, 1)
