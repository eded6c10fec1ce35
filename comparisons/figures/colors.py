"""Colors of cells and markers of frameworks, the same in every figure.

The palette of Okabe and Ito, which is safe for color-blind readers; each
color has a contrast of at least 3 to the page, light or dark.
"""

from collections.abc import Sequence

from shared.exhibits.cells import SHOWN_CELLS
from shared.exhibits.names import cell_name

COLORS = {cell: shown.color for cell, shown in SHOWN_CELLS.items()}
BY_NAME = {cell_name(cell): shade for cell, shade in COLORS.items()}
NEUTRAL = "#7f7f7f"
"""Ground truth, baselines, and cells without a color of their own."""

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = {
    "circle": "\u25cf",
    "square": "\u25a0",
    "diamond": "\u25c6",
    "triangle-up": "\u25b2",
    "cross": "\u271a",
    "star": "\u2605",
    "pentagon": "\u2b1f",
}
"""Marker in Plotly -> the same as a character."""

PAGES = {"light": "#ffffff", "dark": "#14171c"}
"""The backgrounds to which the colors must have their contrast."""


def color(cell: str) -> str:
    """The color of a cell, `gru` or GRU, as `#rrggbb`."""
    return COLORS.get(cell) or BY_NAME.get(cell, NEUTRAL)


def cycled(styles: Sequence[str], place: int) -> str:
    """The n-th style, from the first again after the last."""
    return styles[place % len(styles)]
