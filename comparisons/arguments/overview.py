"""What `compare.py --help` prints: one screen."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from comparisons.arguments.commands import COMMANDS, FAMILIES
from comparisons.arguments.parser import PROGRAM, Parser

HEAD = """\
Compare RNN, GRU and LSTM in PyTorch, Keras and JAX, proved equal beforehand.
usage: compare.py [COMMAND] [--task TASK] [flags]     (--help lists the flags)
"""

TAIL = """\
Examples:
  compare.py --task sine                  (synthetic data: no download)
  compare.py --task echo --sweep lag=1,5,10,20
  compare.py generate --task charlm --framework jax --cell lstm
"""


class Overview(Parser):
    """The parser of the program itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.add_argument(
            "--version",
            action="version",
            version=f"{PROGRAM} {version('rnn-comparisons')}",
            help="print the version and exit",
        )

    def format_help(self) -> str:
        """What the program is, its commands by group, examples."""
        lines = []
        for group, rows in grouped().items():
            lines.append(f"{group}:")
            lines += [f"  {name:<11} {text}" for name, text in rows.items()]
        return "\n".join([HEAD.rstrip(), *lines, TAIL])


def grouped() -> dict[str, dict[str, str]]:
    """Group -> first word of a command -> what it does."""
    groups: dict[str, dict[str, str]] = {}
    for name, command in COMMANDS.items():
        first = name.split()[0]
        rows = groups.setdefault(command.group, {})
        rows[first] = FAMILIES.get(first, command.summary)
    return groups
