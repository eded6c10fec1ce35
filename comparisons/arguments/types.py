"""What the value of a flag may be."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable


def on_or_off(text: str) -> bool:
    """The truth of "on" and "off"."""
    words = {"on": True, "off": False}
    if text not in words:
        raise ArgumentTypeError(f"'{text}' is neither on nor off")
    return words[text]


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is not a whole number") from None


def real(text: str) -> float:
    """A number."""
    try:
        return float(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is not a number") from None


def at_least(least: int, read: Callable[[str], float] = whole) -> Callable:
    """A number that is not less than this."""

    def parse(text: str) -> float:
        value = read(text)
        if not value >= least:
            raise ArgumentTypeError(f"must be at least {least}, not {value}")
        return value

    return parse


def positive_numbers(text: str) -> list[int]:
    """Whole numbers from 1 on, separated by commas."""
    return [int(at_least(1)(word)) for word in text.split(",") if word]


TYPES = {bool: on_or_off, int: whole, float: real, str: str}
"""Type of a default -> how a flag with that default is read."""
