"""The command `compare.py`: run a comparison, or one of its tools."""

from __future__ import annotations

import importlib
import signal
import sys
from typing import Any, NoReturn

from rich.console import Console

from comparisons.commands.list import print_list
from comparisons.commands.run import compare
from shared.errors import UserError, unknown

COMMANDS = (
    *("bench", "chat", "code", "generate", "inspect", "predict", "report"),
    *("score", "study", "translate", "verify"),
)
"""Tools, each `main(arguments) -> exit code` of a module of that name."""

INTERRUPTED = 130


def main() -> NoReturn:
    """Exit with 0 all ran, 1 a run failed, 2 wrong command, 130 stopped."""
    signal.signal(signal.SIGTERM, terminate)
    try:
        code = dispatch(sys.argv[1:])
    except UserError as error:
        print(f"compare.py: {error}", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        print(
            "compare.py: interrupted; what was measured is kept, the same "
            "command goes on",
            file=sys.stderr,
        )
        code = INTERRUPTED
    sys.exit(code)


def dispatch(arguments: list[str]) -> int:
    """Run a tool if the first word names one, else a comparison."""
    if arguments and not arguments[0].startswith("-"):
        if arguments[0] not in COMMANDS:
            raise UserError(unknown("command", arguments[0], COMMANDS))
        module = importlib.import_module(f"comparisons.commands.{arguments[0]}")
        code: int = module.main(arguments[1:])
        return code
    if "--list" in arguments:
        print_list(Console())
        return 0
    if any(word.split("=")[0] == "--sweep" for word in arguments):
        from comparisons.commands.sweep import sweep

        return sweep(arguments)
    return compare(arguments)


def terminate(signum: int, frame: Any) -> None:
    """Treat a request to end like Ctrl-C, so that workers end too."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
