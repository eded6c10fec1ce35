"""Contrast of two colors, as WCAG 2 defines it."""

from __future__ import annotations

from collections.abc import Sequence


def channels(color: str) -> tuple[float, ...]:
    """Red, green, and blue of `#rrggbb`, from 0 to 255."""
    return tuple(int(color[place : place + 2], 16) for place in (1, 3, 5))


def luminance(color: Sequence[float]) -> float:
    """The relative luminance of red, green, and blue from 0 to 255."""
    parts = [part / 255 for part in color[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """From 1, for equal luminance, to 21."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)
