"""The program that runs one framework: JSON lines in, JSON lines out.

`echo '{"task": "sine", "framework": "jax", "cell": "gru"}' | python -m
comparisons.worker` reproduces a row by hand. A line is a `RunSpec`, what is
left out as in a comparison; its "job" says what to do with it ("run" where
that is left out). What the frameworks print goes to standard error.
"""

import os
import shutil
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress

from comparisons.worker.data import read_run
from comparisons.worker.jobs import do_job
from comparisons.worker.messages import Emit, Message, dumps, loads
from shared.errors import UserError


def answer(line: str, emit: Emit, more: Iterator[str]) -> None:
    """Run the job of one line; a failure is an answer too.

    more: further lines, where the job waits for replies to its messages.
    """
    begin = time.perf_counter()
    try:
        request = loads(line)
        job = request.pop("job", "run")
        extra = request.pop("extra", {})
        result = do_job(
            *(job, read_run(request), extra, emit),
            reply=lambda: loads(next(more)),
        )
    except Exception as error:  # noqa: BLE001 - reported, never swallowed
        with suppress(OSError):  # a full disk
            traceback.print_exc()
        emit(
            {
                "event": "error",
                "kind": type(error).__name__,
                "fixable": isinstance(error, UserError | ImportError),
                "message": str(error) or type(error).__name__,
            }
        )
        return
    seconds = time.perf_counter() - begin
    emit({"event": "result", "seconds": seconds, "result": result})


def remove(folders: list[str]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def end_with_parent(folders: list[str]) -> None:
    """Exit as soon as the parent process is gone, which owns the folders."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        remove(folders)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    end_with_parent(sys.argv[1:])
    answers = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    lines = os.fdopen(os.dup(0), encoding="utf-8")

    def emit(message: Message) -> None:
        answers.write(dumps(message) + "\n")

    for line in lines:
        if line.strip():
            answer(line, emit, lines)
    remove(sys.argv[1:])


if __name__ == "__main__":
    main()
