"""Docstrings of the project as the text that autodoc expects."""

import re
from typing import Any

CODE = re.compile(r"(``.+?``|`.+?`)")
MARKUP = re.compile(r"([*|\\]|(?<=\w)_(?=\W|$))")
ITEM = re.compile(r"([a-z]\w*(?:, [a-z]\w*)*): (.*)")
"""`frameworks, cells: one name or several`."""


def escape_docstring(
    app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]
) -> None:
    """Names and their meanings become a list, other signs are no markup."""
    lines[:] = rewritten(lines)


def rewritten(lines: list[str]) -> list[str]:
    """The lines; examples stay as they are."""
    written: list[str] = []
    example = item = False
    for line in lines:
        example = line.lstrip().startswith(">>>") or (example and bool(line))
        if example:
            written.append(line)
            continue
        item = item and bool(line.strip())
        if found := ITEM.fullmatch(line):
            # A list begins after an empty line.
            written += [""] * bool(not item and written and written[-1])
            written.append(f"- ``{found[1]}``: {shown(found[2])}")
            item = True
        else:
            written.append(f"{'  ' * item}{shown(line)}")
    return written


def shown(text: str) -> str:
    """Code as code, and any other sign as itself."""
    return "".join(
        f"``{part.strip('`')}``" if place % 2 else MARKUP.sub(r"\\\1", part)
        for place, part in enumerate(CODE.split(text))
    )
