"""Writing systems: letters with marks, and scripts without blanks."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

UNSPACED = (
    *("Han", "Hiragana", "Katakana", "Bopomofo"),
    *("Thai", "Lao", "Khmer", "Myanmar"),
)
"""Scripts that put no blank between words, by their names in Unicode."""

_SCRIPTS = "".join(rf"\p{{Script={name}}}" for name in UNSPACED)
_UNSPACED = rf"[[{_SCRIPTS}\u30fc\uff70]&&[\p{{L}}\p{{N}}]--\p{{Nd}}]"
_GLUED = rf"[{_SCRIPTS}\u30fc\u3001-\u303f\u30fb]"
_SPECIAL = rf"[\p{{M}}\u200c\u200d]|{_UNSPACED}"

_BEYOND = re.compile(
    "[\u0300-\u1dff\u200c\u200d\u20d0-\u20ff\u2c00-\U0010ffff]"
)
"""Where all of these are; most texts in Latin letters have none of it."""

CLUSTER = rf"(?={_UNSPACED})\X\p{{M}}*"
"""A character of such a script, with its marks; a pattern of `regex`."""

LETTER = rf"[[\p{{L}}\p{{N}}]--{_UNSPACED}]"
_JOINED = r"\p{Mn}\p{Mc}\u200c\u200d"
INSIDE = rf"[[\p{{L}}\p{{N}}{_JOINED}]--{_UNSPACED}--[\ufe00-\ufe0f]]"
"""What begins a word of another script, and what continues it: its marks and
joiners, but no selector of an emoji."""

SIGN = r"[^\s\x1c-\x1f]"
"""Any other sign; `regex` takes fewer signs for blanks than `str.split`."""

DOTTED = "\u0130"
"""The Turkish capital whose `str.lower` is an i and a combining dot."""


def lowered(text: str) -> str:
    """The text in lower case, a dotted capital I as one letter."""
    return text.replace(DOTTED, "i").lower()


def cutter(
    text: str, usual: re.Pattern[str], other: str, flags: int = 0
) -> Any:
    """The pattern that cuts a text into words: the usual one or the other.

    other: a pattern of the package `regex`, for texts that have combining marks
        or scripts without blanks; `re` takes a mark for the end of a word.
    """
    if text.isascii() or not _BEYOND.search(text):
        return usual
    special = _compiled(_SPECIAL).search(text)
    return _compiled(other, flags) if special else usual


def unspaced(word: str) -> bool:
    """Whether a word begins with a sign that no blank precedes or follows."""
    return bool(_BEYOND.match(word)) and bool(_compiled(_GLUED).match(word))


def cut_note(words: Iterable[str]) -> list[str]:
    """One line if words are characters of scripts without blanks."""
    text = " ".join(word for word in words if not word.isascii())
    found = [
        name
        for name in UNSPACED
        if _compiled(rf"(?=\p{{L}})\p{{Script={name}}}").search(text)
    ]
    if not found:
        return []
    return [
        f"{', '.join(found)}: written without blanks, so each character is "
        "read as a word"
    ]


@cache
def _compiled(pattern: str, flags: int = 0) -> Any:
    import regex

    return regex.compile(pattern, regex.VERSION1 | flags)
