"""How the implementations compare: checks, runs, records, and the report.

From Python: `compare` trains and compares, `load` reads results, `best` a
trained model, `tasks` lists what can be trained; `RecurrentClassifier` and
`RecurrentRegressor` are estimators of scikit-learn. The command `compare.py`
has the same options and records, and a wrong option raises `UserError`.

    import comparisons

    results = comparisons.compare("sine", cells=["gru", "lstm"], seeds=3)
    results.table()
    model = comparisons.best("results/sine", "pytorch", "gru")

Its programs import nothing from the current folder: a file `queue.py` or a
folder `shared/` in it is the user's.
"""

from __future__ import annotations

import importlib
import os
import sys
from importlib.machinery import ModuleSpec, PathFinder

TYPE_CHECKING = False  # that of typing, whose import takes longer
if TYPE_CHECKING:
    from comparisons.api.estimators import (
        RecurrentClassifier,
        RecurrentRegressor,
    )
    from comparisons.api.models import best
    from comparisons.api.results import Results, load
    from comparisons.api.run import compare
    from comparisons.api.tasks import tasks
    from shared.errors import UserError

__all__ = (
    "RecurrentClassifier",
    "RecurrentRegressor",
    "Results",
    "UserError",
    "best",
    "compare",
    "load",
    "tasks",
)

PUBLIC = {
    "RecurrentClassifier": "comparisons.api.estimators",
    "RecurrentRegressor": "comparisons.api.estimators",
    "best": "comparisons.api.models",
    "load": "comparisons.api.results",
    "Results": "comparisons.api.results",
    "tasks": "comparisons.api.tasks",
    "UserError": "shared.errors",
}
"""Name -> its module; `compare` is a module that can be called."""

OWN = ("comparisons", "shared", "pytorch_impl", "keras_impl", "jax_impl")
FOLDER = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120


def drop_unsafe_path() -> None:
    """Take from the path what `python -m` or the start of a script put there.

    Only modules that are loaded already are used: others may be the user's.
    """
    try:
        current = os.getcwd()  # noqa: PTH109
    except OSError:  # it was deleted
        current = ""
    by_name = sys.argv[:1] == ["-m"] and not sys.flags.safe_path
    if sys.path[:1] == [FOLDER] or (by_name and sys.path[:1] == [current]):
        del sys.path[0]


class OwnPackages:
    """Finds the packages next to this one, whatever else has their names."""

    @staticmethod
    def find_spec(
        name: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        if path is not None or name not in OWN:
            return None
        return PathFinder.find_spec(name, [os.path.dirname(FOLDER)])  # noqa: PTH120


def __getattr__(name: str) -> object:
    """Import what is used of the public names when it is first used."""
    if name == "compare":
        return importlib.import_module("comparisons.compare")
    if name in PUBLIC:
        return getattr(importlib.import_module(PUBLIC[name]), name)
    raise AttributeError(f"module 'comparisons' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


drop_unsafe_path()
sys.meta_path.insert(0, OwnPackages)
