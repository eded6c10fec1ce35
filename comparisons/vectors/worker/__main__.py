"""The program that runs an adapter: JSON lines in, JSON lines out.

The first line names the adapter and the folder of the cases, each later one a
case. It ends with its standard input.
"""

import os
import shutil
import sys
from collections.abc import Callable
from typing import Any

from comparisons.vectors.worker.runner import Runner, one_line
from comparisons.worker.messages import Message, dumps, loads


def load(state: dict[str, Any], adapter: str, vectors: str) -> Message:
    """What the adapter says of itself, or why it cannot be imported."""
    try:
        state["runner"] = Runner(adapter, vectors)
        found: Message = state["runner"].description
    except ModuleNotFoundError as error:
        return {"status": "missing", "text": error.name or str(error)}
    except Exception as error:  # noqa: BLE001 - reported, never swallowed
        said = f"{type(error).__name__}: {one_line(error)}"
        return {"status": "error", "text": said}
    return found


def run(state: dict[str, Any], case: str, precision: str) -> Message:
    found: Message = state["runner"].run(case, precision)
    return found


JOBS: dict[str, Callable[..., Message]] = {"load": load, "run": run}


def main() -> None:
    sys.dont_write_bytecode = True
    answers = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    state: dict[str, Any] = {}
    for line in os.fdopen(os.dup(0), encoding="utf-8"):
        request = loads(line)
        result = JOBS[request.pop("job")](state, **request)
        answers.write(dumps({"event": "result", "result": result}) + "\n")
    for folder in sys.argv[1:]:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
