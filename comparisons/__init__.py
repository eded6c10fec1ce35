"""How the implementations compare: checks, runs, records, and the report.

Its programs import nothing from the current folder: a file `queue.py` or a
folder `shared/` in it is the user's.
"""

import os
import sys
from importlib.machinery import ModuleSpec, PathFinder

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
    """Finds the packages beside this one, whatever else has their names."""

    @staticmethod
    def find_spec(
        name: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        if path is not None or name not in OWN:
            return None
        return PathFinder.find_spec(name, [os.path.dirname(FOLDER)])  # noqa: PTH120


drop_unsafe_path()
sys.meta_path.insert(0, OwnPackages)
