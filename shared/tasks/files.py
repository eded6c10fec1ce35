"""Tasks of one's own that are files."""

import hashlib
import importlib.util
import os
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from shared.errors import DataError
from shared.task import Task
from shared.tasks.checked import checked, located
from shared.tasks.distributions import installed

SUFFIX = ".py"
NAMED = "RNN_TASK_FILES"
"""Environment variable: the task files that may be run, joined by `:`.

Records and checkpoints name the file of their task. Only one that the user
names is run, so that no downloaded folder chooses what is.
"""


def use_file(path: str | Path) -> str:
    """Let this process and those it starts run a task file; its id."""
    name = str(Path(path).absolute())
    files = os.environ.get(NAMED, "").split(os.pathsep)
    if name not in files:
        named = [file for file in (*files, name) if file]
        os.environ[NAMED] = os.pathsep.join(named)
    return name


def is_file(name: str) -> bool:
    """Whether the name of a task is that of its file."""
    return name.endswith(SUFFIX)


def task_of_file(name: str) -> Task:
    """The task of a file; UserError with file, line and field if it has none.

    It is read again where the file has changed.
    """
    name = str(Path(name).absolute())
    if name not in os.environ.get(NAMED, "").split(os.pathsep):
        raise DataError(
            f"the task is defined in '{name}', which is run only if it is "
            f"named: --task-file {name}"
        )
    return _task(name, read_source(name))


def read_source(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise DataError(f"cannot read task file '{name}': {reason}") from error


@lru_cache(maxsize=8)
def _task(name: str, source: str) -> Task:
    digest = hashlib.sha256(f"{name}\0{source}".encode()).hexdigest()[:16]
    module = ModuleType(f"task_file_{digest}")
    module.__file__ = name
    # Dataclasses look their module up.
    sys.modules[module.__name__] = module
    with located(name):
        exec(compile(source, name, "exec"), module.__dict__)
    return checked(module, name)


def source_digest(name: str) -> str:
    """A digest of the source of a task that is not in this package; else ""."""
    if is_file(name):
        return hashlib.sha256(read_source(name).encode()).hexdigest()
    if name not in installed():
        return ""
    spec = importlib.util.find_spec(installed()[name].module)
    origin = spec.origin if spec else None
    content = Path(origin).read_bytes() if origin else b""
    return hashlib.sha256(content).hexdigest()
