"""Colors of cells and markers of frameworks, the same in every figure.

The palette of Okabe and Ito, which is safe for color-blind readers; each
color has a contrast of at least 3 to the page, light or dark.
"""

from __future__ import annotations

from shared.exhibits.names import cell_name

COLORS = {
    "rnn": "#009e73",
    "rnn-relu": "#c46a9c",
    "gru": "#d55e00",
    "lstm": "#0a78bf",
}
BY_NAME = {cell_name(cell): shade for cell, shade in COLORS.items()}
NEUTRAL = "#7f7f7f"
"""Ground truth, baselines, and cells without a color of their own."""

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = (
    *("circle", "square", "diamond", "triangle-up"),
    *("cross", "star", "pentagon"),
)

SIGNS = "\u25cf\u25a0\u25c6\u25b2\u271a\u2605\u2b1f"
"""The same markers as characters."""

PAGES = {"light": "#ffffff", "dark": "#14171c"}
"""The grounds that the colours must stand out from."""


def color(cell: str) -> str:
    """The color of a cell, `gru` or GRU, as `#rrggbb`."""
    return COLORS.get(cell) or BY_NAME.get(cell, NEUTRAL)


def faded(cell: str, share: float) -> str:
    """The colour of a cell with an opacity."""
    text = color(cell)
    parts = [str(int(text[place : place + 2], 16)) for place in (1, 3, 5)]
    return f"rgba({','.join(parts)},{share})"


def dash(place: int) -> str:
    """The line style of the n-th framework."""
    return DASHES[place % len(DASHES)]


def sign(place: int) -> str:
    """The marker of the n-th framework as a character."""
    return SIGNS[place % len(SIGNS)]


def symbol(place: int) -> str:
    """The marker of the n-th framework."""
    return SYMBOLS[place % len(SYMBOLS)]
