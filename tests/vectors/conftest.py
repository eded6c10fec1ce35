"""A folder of a few small cases of each kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from few_cases import few

from comparisons.vectors.build import build
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
