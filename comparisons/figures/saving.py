"""How a figure becomes a file."""

import io
import warnings
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

from comparisons.figures.fonts import use_fallbacks
from shared.errors import UserError
from shared.files.atomic import write_whole

matplotlib.rcParams["text.parse_math"] = False

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
    return content.getvalue()
