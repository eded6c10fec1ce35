"""How a figure becomes a file."""

import io
import warnings
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure
from PIL import Image

from comparisons.figures.fonts import use_fallbacks
from shared.errors import UserError
from shared.files.atomic import write_whole

matplotlib.rcParams["text.parse_math"] = False

COLORS = 256
"""Of a palette."""

UNHEARD = (
    r"Glyph \d+",
    "Matplotlib currently does not",
    ".*layout not applied",
)
"""Beginnings of warnings about characters that no installed font has, and
about labels that are too long."""


def save(figure: Figure, path: Path) -> None:
    """Write the figure, whole or not at all; UserError if it cannot be."""
    try:
        content = image(figure, path.suffix[1:])
    except ValueError as error:  # of more pixels than can be drawn
        raise UserError(f"'{path}' could not be drawn: {error}") from error
    write_whole(path, content)


def image(figure: Figure, form: str) -> bytes:
    """The figure in a format, such as "png"; ValueError if it is too large."""
    content = io.BytesIO()
    with warnings.catch_warnings():
        for message in UNHEARD:
            warnings.filterwarnings("ignore", message, UserWarning)
        use_fallbacks(figure)
        if figure.get_layout_engine() is None:
            figure.tight_layout()
        figure.savefig(content, format=form, dpi=110)
    return in_palette(content) if form == "png" else content.getvalue()


def in_palette(content: io.BytesIO) -> bytes:
    """A PNG in at most 256 colors, which lines, areas, and text do not exceed.

    It has about a third of the bytes.
    """
    with Image.open(content) as picture:
        few = picture.quantize(
            COLORS,
            method=Image.Quantize.FASTOCTREE,  # the one that keeps transparency
            dither=Image.Dither.NONE,
        )
    smaller = io.BytesIO()
    few.save(smaller, "png", optimize=True)
    return smaller.getvalue()
