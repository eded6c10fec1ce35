"""Text of users in drawings: as it is, in a font that has its characters."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

LONGEST = 40
"""Characters of a label in a picture."""

INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Categories of characters that no font draws."""

BOXES = ("Last Resort",)
"""Beginning of the names of fonts that draw every character as a box."""


def drawn(text: object) -> str:
    """A label of one line without control characters, shortened at its end."""
    shown = "".join(
        " " if unicodedata.category(c) in INVISIBLE else c for c in str(text)
    )
    shown = f" {shown}" if shown.startswith("_") else shown  # not in a legend
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def use_fallbacks(figure: Figure) -> None:
    """Add fonts to the texts whose own font lacks some of their characters."""
    for axes in figure.axes:
        axes.get_xticklabels()  # are made when they are first wanted
        axes.get_yticklabels()
    for text in figure.findobj(Text):
        families = text.get_fontfamily()
        own = glyphs(findfont(text.get_fontproperties()))
        lacking = {ord(c) for c in text.get_text() if c != "\n"} - own
        if lacking:
            text.set_fontfamily([*families, *fallbacks(frozenset(lacking))])


@cache
def fallbacks(lacking: frozenset[int]) -> list[str]:
    """The installed fonts that draw these characters, as far as any does."""
    found, left = list[str](), set(lacking)
    fonts = {
        font.name: glyphs(font.fname)
        for font in fontManager.ttflist
        if font.style == "normal" and not font.name.startswith(BOXES)
    }
    while left and (name := most(fonts, left)):
        found.append(name)
        left -= fonts[name]
    return found


def most(fonts: dict[str, frozenset[int]], wanted: Iterable[int]) -> str:
    """The font that draws most of these characters; empty if none does."""
    counts = {n: len(own.intersection(wanted)) for n, own in fonts.items()}
    best = max(counts, key=counts.__getitem__, default="")
    return best if counts.get(best) else ""


@cache
def glyphs(path: str) -> frozenset[int]:
    """The characters of a font file; none of one that cannot be drawn."""
    try:
        font = FT2Font(path)
    except (RuntimeError, OSError):  # such as emoji in colors
        return frozenset()
    return frozenset(font.get_charmap())
