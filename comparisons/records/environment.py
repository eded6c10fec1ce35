"""What a record says of the machine and of the code."""

from __future__ import annotations

import hashlib
import os
import platform
import resource
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEBIBYTE = 1024 * 1024
RSS_UNIT = 1 if sys.platform == "darwin" else 1024

CODE = (
    *("comparisons/worker", "comparisons/equivalence", "shared"),
    "shared/files/registry.txt",
    *("comparisons/frameworks.py", "comparisons/implementation.py"),
)
SHOWN = "shared/exhibits"
"""What can change a result or a check, besides the implementation itself;
exhibits only show one."""


def cpu_count() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def machine() -> dict[str, object]:
    """Processor, cores, memory, system and Python."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": processor_name(),
        "cores": cpu_count(),
        "memory_mb": pages // MEBIBYTE,
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
    }


def processor_name() -> str:
    """The processor's model name as the system gives it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


@cache
def commit() -> str:
    """The commit of the code, "+" after it where files were changed."""
    found = _git("rev-parse", "--short=12", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no")
    return found + ("+" if found and changed else "")


@cache
def code_hash(package: str) -> str:
    """A digest of the sources that decide a run's result."""
    digest = hashlib.sha256()
    for name in (*CODE, package):
        path = ROOT / name
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        for file in files:
            if file.is_relative_to(ROOT / SHOWN):
                continue
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def peak_memory_mb() -> float:
    """The largest resident memory of this process so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak * RSS_UNIT / MEBIBYTE, 1)


def _git(*arguments: str) -> str:
    """What git prints, or nothing where the code is not a checkout."""
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments],
            capture_output=True,
            text=True,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
