"""Foreign text on a terminal: shown, never obeyed."""

import re

LONGEST = 500
"""Characters of a message."""

UNSAFE = re.compile(
    "[\0-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u2028\u2029\ud800-\udfff]"  # ends of lines, bytes that are no text
)


INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]")
"""Signs that a message shows, as a name that has one looks like another."""


def printable(text: str, keep: str = "\n\t") -> str:
    r"""The text with escapes, such as \x1b, of what steers a terminal."""
    return UNSAFE.sub(
        lambda found: found[0] if found[0] in keep else escaped(found[0]), text
    )


def escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def shortened(text: str, longest: int) -> str:
    """The text, its middle left out where it is longer than this."""
    if len(text) <= longest:
        return text
    tail = (longest - 5) // 2
    return f"{text[: longest - 5 - tail]} ... {text[-tail:]}"


def one_line(text: str, longest: int = LONGEST) -> str:
    """The text on one line of at most this many characters."""
    text = INVISIBLE.sub(lambda found: escaped(found[0]), text)
    return shortened(printable(text, ""), longest)
