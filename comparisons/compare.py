"""The program `compare.py`: find the command and run it."""

import importlib
import inspect
import os
import signal
import sys
from types import ModuleType
from typing import Any, NoReturn

if __name__ == "__main__" and callable(signal.getsignal(signal.SIGINT)):
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no trace of what follows

from comparisons.api.run import compare as run_comparison
from comparisons.arguments.command_line import (
    build_parser,
    command_of,
    with_task_file,
)
from comparisons.arguments.commands import COMMANDS
from comparisons.arguments.config import save_config, with_config
from comparisons.arguments.families import module_of
from comparisons.arguments.terminal import complain, open_streams, say
from comparisons.records.environment import isolate
from shared.errors import UserError

FAILED, WRONG, INTERRUPTED = 1, 2, 130
CONTINUED = ("run", "speedrun", "tune", "atlas", "study regularization")
"""Commands that do not repeat what is recorded."""


def main() -> NoReturn:
    """Exit with 0 all ran, 1 a run failed, 2 wrong command, 130 stopped."""
    signal.signal(signal.SIGTERM, terminate)
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    open_streams()
    try:
        isolate()
        code = dispatch(sys.argv[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
    except UserError as error:
        complain(error)
        code = WRONG
    except OSError as error:
        code = refused(error)
    except KeyboardInterrupt:
        text = "interrupted; what was measured is kept"
        if command_of(sys.argv[1:])[0] in CONTINUED:
            text += "; the same command continues"
        complain(text)
        code = INTERRUPTED
    sys.exit(code)


def dispatch(words: list[str]) -> int:
    """Run the command that the words name; its exit code."""
    if not words:
        build_parser()[0].print_help(sys.stderr)
        return WRONG
    name, rest = command_of(words)
    if name not in COMMANDS:
        build_parser()[0].parse_args([*name.split(), *rest])  # prints its help
    rest = with_config(name, with_task_file(name, rest))
    if path := save_config(name, rest):
        say(f"file: {path}")
        return 0
    module = importlib.import_module(module_of(name))
    code: int = module.main(rest)
    return code


def refused(error: OSError) -> int:
    """Say what the system refused; nothing if a reader left. The exit code."""
    # What is not written yet fails again when the program ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if isinstance(error, BrokenPipeError):
        return 0
    what = f"'{error.filename}'" if error.filename else "cannot write output"
    complain(f"{what}: {error.strerror or error}")
    return FAILED


def terminate(signum: int, frame: Any) -> None:
    """Treat a request to end like Ctrl-C, so that workers end too."""
    raise KeyboardInterrupt


class Program(ModuleType):
    """A module that is called: `comparisons.compare("sine")`."""

    __call__ = staticmethod(run_comparison)

    @property
    def __signature__(self) -> inspect.Signature:
        """What a notebook shows; it would take the task for `self`."""
        return inspect.signature(run_comparison)


sys.modules[__name__].__class__ = Program

if __name__ == "__main__":
    main()
