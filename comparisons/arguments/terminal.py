"""What commands print besides tables: every text is made printable here."""

import io
import json
import sys
from typing import Any

from shared.printable import UNSAFE, one_line, printable

PROGRAM = "compare.py"


def open_streams() -> None:
    """Let output show what its encoding lacks as ? or an escape."""
    streams = {"replace": sys.stdout, "backslashreplace": sys.stderr}
    for errors, stream in streams.items():
        if isinstance(stream, io.TextIOWrapper):  # not what a caller has set
            stream.reconfigure(errors=errors)


def complain(text: object) -> None:
    """Print an error or a warning, one line, on standard error."""
    print(f"{PROGRAM}: {one_line(str(text))}", file=sys.stderr, flush=True)


def note(text: str) -> None:
    """Print what is no result, such as a heading, on standard error."""
    print(printable(text), file=sys.stderr, flush=True)


def say(text: str) -> None:
    """Print a result on standard output."""
    print(printable(text))


def say_json(value: Any) -> None:
    r"""Print a line of JSON; what steers a terminal becomes \u009b."""
    text = json.dumps(value, ensure_ascii=False)
    text = text.encode(errors="replace").decode()  # no UTF-8 has surrogates
    print(UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text), flush=True)
