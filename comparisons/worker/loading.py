"""Importing a framework's package, its environment set before."""

import gc
import importlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from comparisons.frameworks import get_framework, worker_environment
from shared.specs import RunSpec


def load_implementation(run: RunSpec) -> Any:
    """Import the framework's package, after setting its environment."""
    framework = get_framework(run.framework)
    if framework.package in sys.modules:
        return sys.modules[framework.package]
    os.environ.update(
        worker_environment(
            run.framework, run.precision, run.device, run.threads
        )
    )
    with hidden(framework.unneeded), uncollected():
        return importlib.import_module(framework.package)


@contextmanager
def uncollected() -> Iterator[None]:
    """Context whose objects are never searched for garbage.

    Those of a framework's import live as long as the process, and to search
    them while they come is up to a fifth of its time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


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
