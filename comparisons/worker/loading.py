"""Importing a framework's package, its environment set before."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from comparisons.frameworks import get_framework, worker_environment
from comparisons.implementation import Implementation, Model
from comparisons.records.checkpoints import load_checkpoint
from shared.specs import RunSpec
from shared.weights.checkpoints import Checkpoint


def load_implementation(run: RunSpec) -> Any:
    """Import the framework's package, after setting its environment."""
    framework = get_framework(run.framework)
    if framework.package not in sys.modules:
        os.environ.update(
            worker_environment(
                run.framework, run.precision, run.device, run.threads
            )
        )
    with hidden(framework.unneeded):
        return importlib.import_module(framework.package)


@contextmanager
def hidden(names: Iterable[str]) -> Iterator[None]:
    """Context in which these modules appear not installed."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def load_trained(
    implementation: Implementation,
    path: str,
    threads: int,
    device: str = "cpu",
    precision: str = "float32",
) -> tuple[Checkpoint, Model]:
    """A checkpoint and its model, for a worker; kept for the next request."""
    # Modules can be hashed, which mypy does not say of a protocol.
    wanted = (implementation, path, threads, device, precision)
    return _loaded(*wanted)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _loaded(
    implementation: Implementation,
    path: str,
    threads: int,
    device: str,
    precision: str,
) -> tuple[Checkpoint, Model]:
    """The same, once for each path."""
    trained = load_checkpoint(Path(path))
    implementation.configure(device, threads, precision, trained.run.seed)
    model = implementation.build_model(trained.model)
    implementation.load_weights(model, trained.weights)
    return trained, model
