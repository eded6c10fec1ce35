"""What `compare.py --help` prints: one screen."""

from importlib.metadata import version

from comparisons.arguments.commands import GROUPS
from comparisons.arguments.families import FAMILIES, JOINED
from comparisons.arguments.parser import Parser
from comparisons.arguments.terminal import PROGRAM

HEAD = """\
Compare RNN, GRU and LSTM in PyTorch, Keras and JAX, proved equal beforehand.
usage: compare.py [COMMAND] [--task TASK] [flags]     (--help lists the flags)
"""
TAIL = """\
Examples: compare.py --task sine                  (synthetic: no download)
          compare.py --task echo --sweep lag=1,5,10,20
          compare.py report results/sine results/echo
"""


class Overview(Parser):
    """The parser of the program itself."""

    def __init__(self) -> None:
        super().__init__(prog=PROGRAM)
        self.add_argument(
            "--version",
            action="version",
            version=f"{PROGRAM} {version('rnn-comparisons')}",
            help="print the version and exit",
        )

    def format_help(self) -> str:
        """What the program is, its commands by group, examples."""
        lines = [HEAD.rstrip()]
        for group, commands in GROUPS.items():
            lines.append(f"{group}:")
            rows = {n.split()[0]: c.summary for n, c in commands.items()}
            rows = {n: FAMILIES.get(n, text) for n, text in rows.items()}
            for names, text in JOINED.items():
                if names[0] in rows:
                    rows = {n: t for n, t in rows.items() if n not in names}
                    rows[", ".join(names)] = text
            lines += [f"  {name:<11} {text}" for name, text in rows.items()]
        return "\n".join([*lines, TAIL])
