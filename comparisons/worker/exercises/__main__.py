"""The program that checks answers: JSON lines in, JSON lines out.

The first line names the framework, which is then imported; each later one is an
answer. Nothing here trains or times a model, so no record depends on it.
"""

import os
import sys
from dataclasses import asdict

from comparisons.worker.__main__ import end_with_parent, remove
from comparisons.worker.exercises.answer import check_answer
from comparisons.worker.exercises.tensors import prepare
from comparisons.worker.messages import Message, dumps, loads
from shared.exercises import get_exercise


def answer(request: Message) -> Message:
    """The result of a request: `prepare` a framework, or `check` an answer."""
    if request.pop("job") == "prepare":
        prepare(request["framework"], os.environ)
        return {}
    exercise = get_exercise(request.pop("number"))
    return asdict(check_answer(exercise, **request))


def main() -> None:
    end_with_parent(sys.argv[1:])
    sys.dont_write_bytecode = True
    answers = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    lines = os.fdopen(os.dup(0), encoding="utf-8")
    for line in lines:
        result = answer(loads(line))
        answers.write(dumps({"event": "result", "result": result}) + "\n")
    remove(sys.argv[1:])


if __name__ == "__main__":
    main()
