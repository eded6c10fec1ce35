"""An activation as a color, or as a sign where there is none."""

from bisect import bisect_right

Color = tuple[int, int, int]

LOW, MIDDLE, HIGH = (33, 102, 172), (247, 247, 247), (178, 24, 43)
"""Backgrounds of -1, 0 and 1: blue, nearly white, red (ColorBrewer's RdBu)."""

LIKELY = (90, 174, 97)
"""Background of a token that is sure to come next: green."""

INKS = ("#000000", "#ffffff")
"""Text colors on a light and on a dark background."""

LIGHT = (-0.87, 0.755)
"""Activations of light backgrounds; each ink has a contrast above 4.5."""

BORDERS, SIGNS = (-0.5, -0.1, 0.1, 0.5), "=-.+#"
"""Where one sign ends and the next begins, from -1 to 1."""

LEGEND = "= below -0.5, - below -0.1, . to 0.1, + to 0.5, # above"

BLANK = "␣"

MARKS = {"\n": "↵", "\t": "⇥"}
"""How characters that move the cursor are shown."""


def background(value: float) -> str:
    """The background of an activation, as `#rrggbb`."""
    return mixed(HIGH if value > 0 else LOW, min(1.0, abs(value)))


def mixed(end: Color, share: float) -> str:
    """The color at this share of the way from MIDDLE to `end`."""
    parts = (round(m + share * (e - m)) for m, e in zip(MIDDLE, end))
    return "#" + "".join(f"{part:02x}" for part in parts)


def ink(value: float) -> str:
    """The text color on the background of an activation."""
    return INKS[not LIGHT[0] < value < LIGHT[1]]


def sign(value: float) -> str:
    return SIGNS[bisect_right(BORDERS, value)]


def stripped(text: str) -> str:
    """A label of a token: without its blanks, or the sign of a blank."""
    return visible(text).strip() or BLANK


def visible(text: str) -> str:
    """A token without characters that move the cursor."""
    return "".join(
        MARKS.get(c, c if c.isprintable() else "\N{REPLACEMENT CHARACTER}")
        for c in text
    )
