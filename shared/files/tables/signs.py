"""Signs around and within numbers: quotation marks, units, minus signs."""

import re

KEYBOARD = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
    | dict.fromkeys("\u200b\u200e\u200f\u2060\ufeff", "")
    | dict.fromkeys("\u2212\u2013", "-")
    | {"\u2019": "'", "\u066b": ".", "\u066c": ",", "\u066a": "%"}
    | {chr(0xFEE0 + ord(sign)): sign for sign in "+-.,%$"}
)
"""Signs of typography and of other scripts -> those of a keyboard."""

BEHIND = re.compile(r"\(([^()\d]*\d[\d.,' ]*[^()\d]*)\)|(\d[\d.,' ]*)-")
"""A negative number with its sign around it or behind it."""

AROUND = re.compile(
    r"((?:(?:[A-Z]{3}|Rs\.?|R\$)\s?)?)[-+(]?\d.*?(\s?[^\d.,'()\s+-][^\d()]*)?"
)
"""A number with the signs of its unit before or after it."""

UNITS = ("%", "$", "\u20ac", "\u00a3", "\u00a5", "\u20b9", "\u20a9")
"""Signs before or after a number, which all of a column have."""


def unquoted(given: list[str]) -> list[str]:
    """The texts without quotation marks, where each of them has a pair."""
    for mark in "\"'":
        if given and all(t[:1] == t[-1:] == mark and t[1:-1] for t in given):
            return [text[1:-1].strip() for text in given]
    return given


def on_keyboard(text: str) -> str:
    """A number of other scripts in the signs of a keyboard."""
    text = text.translate(KEYBOARD).strip()
    return text if text.isascii() else re.sub(r"\d", _digit, text)


def _digit(found: re.Match[str]) -> str:
    return str(int(found[0]))


def without_unit(given: list[str]) -> tuple[list[str], str]:
    """The texts without the sign that all begin or end with, and that sign."""
    for unit in UNITS if given else ():
        bare = [text.lstrip("+-").strip(unit).strip() for text in given]
        if all(
            text.lstrip("+-") in (f"{unit}{b}", f"{b}{unit}", f"{b} {unit}")
            for text, b in zip(given, bare, strict=True)
        ):
            signs = [
                text[: len(text) - len(text.lstrip("+-"))] for text in given
            ]
            return [a + b for a, b in zip(signs, bare, strict=True)], unit
    ends = {one.groups("") for one in map(AROUND.fullmatch, given) if one}
    if len(ends) == 1 and all(map(AROUND.fullmatch, given)):
        first, last = ends.pop()
        if first or last:
            bare = [t.removeprefix(first).removesuffix(last) for t in given]
            return bare, (first or last).strip()
    return given, ""


def signed(text: str) -> str:
    """(12.5) of bookkeeping and 12.5- as -12.5; others as they are."""
    found = BEHIND.fullmatch(text)
    return f"-{found[1] or found[2]}" if found else text
