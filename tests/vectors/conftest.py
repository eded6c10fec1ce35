"""A folder of a few small cases of each kind, and processes of engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from few_cases import few

from comparisons.vectors.build import build
from comparisons.vectors.check import Checker
from comparisons.vectors.index import Vectors


@pytest.fixture(scope="session")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Vectors:
    path = tmp_path_factory.mktemp("vectors")
    build(path, few())
    return Vectors(path)


@pytest.fixture
def adapter(tmp_path: Path) -> Callable[[str], Path]:
    """A function that writes the file of an adapter."""

    def write(text: str) -> Path:
        path = tmp_path / "adapter.py"
        path.write_text(text)
        return path

    return write


@pytest.fixture(scope="module")
def engine(vectors: Vectors) -> Iterator[Callable[[str, Path], Checker]]:
    """A function: a library and an adapter of it -> what checks the adapter.

    A library has one process, as its import takes seconds.
    """
    processes: dict[str, Checker] = {}

    def checker(library: str, path: Path) -> Checker:
        if library not in processes:
            processes[library] = Checker(path, vectors, timeout=240.0)
        own = processes[library]
        if own.path != path:
            own.path = path
            own.description = own.load()
        return own

    yield checker
    for own in processes.values():
        own.end()
