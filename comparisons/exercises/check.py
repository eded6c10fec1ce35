"""Check an answer in a process of its own."""

from pathlib import Path

from comparisons.arguments.extras import require
from comparisons.runs.processes import Worker, WorkerError
from comparisons.worker.messages import Message
from shared.errors import UserError
from shared.exercises.exercise import Exercise
from shared.exercises.grading import Verdict, failed

MODULE = "comparisons.worker.exercises"

IMPORT_SECONDS = 300.0
"""Until a framework is imported, on a busy machine."""

GRACE = 10.0
"""Seconds that the process may take to end what exceeds its time."""


def check(
    exercise: Exercise,
    framework: str,
    source: str,
    path: Path,
    seconds: float,
    megabytes: int,
) -> Verdict:
    """The verdict on an answer; its time begins when its framework is there."""
    require(framework)
    worker = Worker(module=MODULE)
    try:
        prepare(worker, framework)
        request = {
            "job": "check",
            "number": exercise.number,
            "framework": framework,
            "source": source,
            "path": str(path),
            "seconds": seconds,
            "megabytes": megabytes,
        }
        answer = ask(worker, seconds + GRACE, request)
    except WorkerError as error:
        if error.status == "timeout":
            return failed(f"too slow: no result after {seconds:g} s")
        return failed(f"ends its process: {str(error).rpartition(': ')[2]}")
    finally:
        worker.end()
    answer["mistakes"] = tuple(answer["mistakes"])
    return Verdict(**answer)


def prepare(worker: Worker, framework: str) -> None:
    """Wait until the framework is imported; UserError if it cannot be."""
    try:
        ask(worker, IMPORT_SECONDS, {"job": "prepare", "framework": framework})
    except WorkerError as error:
        reason = (error.tail.strip() or str(error)).splitlines()[-1]
        raise UserError(
            f"framework '{framework}' cannot be imported: {reason}"
        ) from error


def ask(worker: Worker, timeout: float, request: Message) -> Message:
    worker.reply(request)
    result: Message = worker.receive(timeout, lambda event: None)["result"]
    return result
