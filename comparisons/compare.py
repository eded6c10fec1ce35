"""The program `compare.py`: find the command and run it."""

import importlib
import signal
import sys
from typing import Any, NoReturn

from comparisons.arguments.command_line import build_parser, command_of
from comparisons.arguments.commands import COMMANDS, module_of
from comparisons.arguments.config import save_config, with_config
from comparisons.arguments.terminal import complain, open_streams, say
from shared.errors import UserError

WRONG, INTERRUPTED = 2, 130
CONTINUED = ("run",)
"""Commands that do not repeat what is recorded."""


def main() -> NoReturn:
    """Exit with 0 all ran, 1 a run failed, 2 wrong command, 130 stopped."""
    signal.signal(signal.SIGTERM, terminate)
    open_streams()
    try:
        code = dispatch(sys.argv[1:])
    except UserError as error:
        complain(error)
        code = WRONG
    except KeyboardInterrupt:
        text = "interrupted; what was measured is kept"
        if command_of(sys.argv[1:])[0] in CONTINUED:
            text += ", the same command goes on"
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
    rest = with_config(name, rest)
    if path := save_config(name, rest):
        say(f"file: {path}")
        return 0
    module = importlib.import_module(module_of(name))
    code: int = module.main(rest)
    return code


def terminate(signum: int, frame: Any) -> None:
    """Treat a request to end like Ctrl-C, so that workers end too."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
