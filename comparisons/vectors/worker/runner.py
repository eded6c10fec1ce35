"""Run the cases of a folder by an adapter."""

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.index import Vectors
from comparisons.vectors.training import train
from comparisons.worker.messages import Message

MODULE = "adapter"
PRECISIONS = ("float64", "float32")
"""Those of an adapter that names none."""


class Runner:
    """An adapter, imported, and the cases."""

    def __init__(self, path: str, folder: str) -> None:
        self.adapter = load_module(Path(path))
        self.vectors = Vectors(Path(folder))

    @property
    def description(self) -> Message:
        """What the adapter says of itself."""
        versions: Callable[[], dict[str, str]]
        versions = getattr(self.adapter, "versions", dict)
        name = getattr(
            self.adapter, "NAME", Path(self.adapter.__file__ or "").stem
        )
        return {
            "status": "ok",
            "name": name,
            "versions": versions(),
            "precisions": list(getattr(self.adapter, "PRECISIONS", PRECISIONS)),
        }

    def run(self, name: str, precision: str) -> Message:
        """Outputs, gradients and trainings of a case, or why there are none.

        status: "ok", "unsupported" where the adapter raises
        NotImplementedError, or "error".
        """
        case, expected = self.vectors.read(name)
        case = replace(case, dtype=precision)
        try:
            outputs, gradients = self.results(case)
            trainings: dict[str, Any] = {}
            if gradients is not None and precision in PRECISIONS:
                for optimizer in expected.trainings:
                    trainings[optimizer] = self.trained(case, optimizer)
        except NotImplementedError as error:
            return {"status": "unsupported", "text": one_line(error)}
        except Exception as error:  # noqa: BLE001 - reported, never swallowed
            said = f"{type(error).__name__}: {one_line(error)}"
            return {"status": "error", "text": said}
        return {
            "status": "ok",
            "outputs": outputs,
            "gradients": gradients,
            "trainings": trainings,
        }

    def results(self, case: Case) -> tuple[Arrays, Arrays | None]:
        """What the adapter returns, in float64."""
        outputs, gradients = self.adapter.run(case)
        return arrays_of(outputs), gradients and arrays_of(gradients)

    def trained(self, case: Case, optimizer: str) -> Arrays:
        """Losses and last weights, with the adapter's gradients."""
        losses, weights = train(case, self.adapter.run, optimizer)
        return {**losses, **weights}


def load_module(path: Path) -> ModuleType:
    """A file of Python as a module.

    Its folder is not searched: it may have the name of what it imports.
    """
    spec = importlib.util.spec_from_file_location(MODULE, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE] = module
    spec.loader.exec_module(module)
    return module


def arrays_of(found: dict[str, Any]) -> Arrays:
    return {n: np.asarray(a).astype("f8") for n, a in found.items()}


def one_line(error: BaseException) -> str:
    """The first line of a message that says something, at most 200 letters."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0][:200] if lines else type(error).__name__
