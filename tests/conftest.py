"""What several test files share."""

from __future__ import annotations

import gc
import hashlib
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from comparisons.records.environment import cpu_count
from shared.files import catalogue
from shared.files.registry import DataFile

pytest_plugins = ["factories.html.browser", "factories.html.pages"]

# XLA compiles the small models of the tests for longer than they run. LLVM's
# optimizations and the newer of its two ways to emit fused operations change
# the speed of a program and its last digits, not what it computes, and a module
# of LLVM for each part of a program takes longer than one for all. A value that
# is already set is kept. Processes that a test starts inherit it.
os.environ.setdefault(
    "XLA_FLAGS",
    "--xla_backend_optimization_level=0 --xla_cpu_use_fusion_emitters=false "
    "--xla_cpu_parallel_codegen_split_count=1",
)


# As many processes as cores run tests: a second thread of one would wait for a
# core and spin, which makes a small step of PyTorch a hundred times as long.
os.environ.setdefault("OMP_NUM_THREADS", "1")


# With three frameworks in memory each full collection visits millions of
# objects, and graphs of TensorFlow trigger many of them.
gc.set_threshold(100_000, 50, 100)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Take what was imported and collected out of all later collections."""
    gc.freeze()


def pytest_unconfigure() -> None:
    """Leave the memory to the system: the end of Python visits all of it."""
    gc.freeze()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A process for each core, one more where slow tests wait for programs.

    Two more take a quarter more processor time: they share caches.
    """
    return cpu_count() + ("not slow" not in config.option.markexpr)


def pytest_configure(config: pytest.Config) -> None:
    """Let all processes of a run share the programs that JAX compiles."""
    if "JAX_COMPILATION_CACHE_DIR" not in os.environ:
        folder = tempfile.mkdtemp(prefix="jax-programs-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        os.environ |= {
            "JAX_COMPILATION_CACHE_DIR": folder,
            "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
            "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
        }


# The same examples in each run, however busy the machine is.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

# PyTorch for CUDA imports Triton late. Both it and TensorFlow have an LLVM, and
# that of Triton ends the process if it is the second. Only tests have several
# frameworks in one process.
with suppress(ImportError):
    importlib.import_module("triton")

PACKAGES = {"pytorch": "torch", "keras": "keras", "jax": "jax"}
"""Framework, or the beginning of its package's name -> its marker."""

SLOW = frozenset(Path(__file__).with_name("slow.txt").read_text().split())
"""Tests and files of tests that take seconds, as paths below this folder."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by its place, its fixtures and its parameters."""
    for item in items:
        place = item.path.relative_to(Path(__file__).parent).as_posix()
        name = item.name.partition("[")[0]
        if place.startswith("browser/"):
            item.add_marker("browser")
        if {place, f"{place}::{name}"} & SLOW:
            item.add_marker("slow")
        if "data_dir" in getattr(item, "fixturenames", ()):
            item.add_marker("data")
        params = getattr(item, "callspec", None)
        for value in params.params.values() if params else ():
            framework = str(value).partition("_")[0]
            if framework in PACKAGES:
                item.add_marker(PACKAGES[framework])
    # Files of slow tests begin first: no process waits for one at the end.
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True, scope="module")
def few_programs() -> Iterator[None]:
    """Drop what JAX compiled: the system limits its memory maps."""
    yield
    if "jax" in sys.modules:
        sys.modules["jax"].clear_caches()


@pytest.fixture(autouse=True, scope="module")
def unsafe_path() -> Iterator[None]:
    """Undo what a command that runs in a test sets for its processes."""
    before = os.environ.get("PYTHONSAFEPATH")
    yield
    os.environ.pop("PYTHONSAFEPATH", None)
    if before is not None:
        os.environ["PYTHONSAFEPATH"] = before


NUMPY = Path(__file__).parent / "factories/numpy_training"


@pytest.fixture(scope="module")
def numpy_training(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the processes of a module train PyTorch's rows in NumPy alone.

    Of tests whose assertions do not depend on what computes. The module's
    PAUSE, if it has one, is the seconds that each epoch sleeps.
    """
    pause = getattr(request.module, "PAUSE", 0)
    path = os.pathsep.join([str(NUMPY), os.environ.get("PYTHONPATH", "")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", path.rstrip(os.pathsep))
        patch.setenv("NUMPY_TRAINING_PAUSE", str(pause))
        yield


TINY = {
    "Greek": [f"Papad{letter}s" for letter in "abcdefghijklmnop"],
    "Irish": [f"O'Br{letter}n" for letter in "abcdefghijklmnop"] * 2,
}


@pytest.fixture
def data_dir() -> Path:
    """The folder of real data that RNN_DATA_DIR names."""
    value = os.environ.get("RNN_DATA_DIR", "")
    if not value:
        pytest.skip("RNN_DATA_DIR is not set: no real data here")
    return Path(value)


@pytest.fixture
def tiny_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of two small files, and their folder."""
    files = {}
    folder = tmp_path / "data"
    (folder / "names").mkdir(parents=True)
    for language, names in TINY.items():
        content = "".join(f"{name}\n" for name in names).encode()
        path = f"names/{language}.txt"
        (folder / path).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        files[path] = DataFile(f"http://127.0.0.1:9/{path}", digest)
    monkeypatch.setattr(catalogue, "FILES", files)
    monkeypatch.setenv("RNN_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(catalogue, "cache_folder", lambda: folder)
    return folder


@pytest.fixture
def add_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_cache: Path
) -> Callable[[str, bytes], Path]:
    """A function that registers a file and writes it to the data folder."""
    folder = tmp_path / "data"
    monkeypatch.setenv("RNN_DATA_DIR", str(folder))
    monkeypatch.setattr(catalogue, "FILES", {})

    def add(name: str, content: bytes) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        catalogue.FILES[name] = DataFile(f"http://127.0.0.1:9/{name}", digest)
        return path

    return add
