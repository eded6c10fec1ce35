"""pytest in a fork of a process that holds the frameworks already.

To import three frameworks takes ten times as long as most tests do.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from multiprocessing.context import ForkServerContext
from pathlib import Path

PRELOADED = (
    "numpy",
    "pandas",
    "scipy.stats",
    "sklearn.metrics",
    "pytest",
    "hypothesis.extra.numpy",
    "torch",
    "jax",
    "flax.nnx",
    "keras",
)
"""What the server imports, none of it the project's own."""

OWN = ("tests", "shared", "comparisons", "factories", "equivalence")
OPTIONS = ("-x", "-q", "-n", "0", "-p", "no:cacheprovider")
ENVIRONMENT = {
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONWARNINGS": "ignore",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OMP_NUM_THREADS": "1",
    # An error changes few of the programs that JAX compiles.
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
}


def fork_server(cache: Path) -> ForkServerContext:
    """Where processes come from; JAX keeps its programs in `cache`."""
    os.environ.update(ENVIRONMENT, JAX_COMPILATION_CACHE_DIR=str(cache))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED])
    return context


def run_pytest(
    server: ForkServerContext, copy: Path, arguments: list[str], limit: float
) -> tuple[int | None, str]:
    """The exit code of pytest in a copy and what it printed.

    The code is None where it took longer than `limit` seconds.
    """
    printed = copy.with_suffix(".txt")
    printed.write_text("")
    process = server.Process(target=child, args=(copy, printed, arguments))
    process.start()
    process.join(limit)
    code = process.exitcode
    if code is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    return code, printed.read_text(errors="replace")


def child(copy: Path, printed: Path, arguments: list[str]) -> None:
    """Run pytest on the files of a copy, in a process group of its own."""
    os.setsid()
    file = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy)
    sys.path.insert(0, str(copy))
    for name in [*sys.modules]:
        if name.partition(".")[0] in OWN:
            del sys.modules[name]
    import pytest

    code = pytest.main([*OPTIONS, *arguments])
    sys.stdout.flush()
    os._exit(int(code))
