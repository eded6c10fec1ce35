"""Colors of the code page have contrast in both themes."""

import re

from comparisons.reader.page import fragment


def colors(css):
    """The colors of each theme: light, dark."""
    pairs = re.findall(r"--code-(\w+): light-dark\((#\w{6}), (#\w{6})\);", css)
    assert len(pairs) == len(re.findall(r"--code-\w+: light-dark", css)) > 10
    return [{row[0]: row[place] for row in pairs} for place in (1, 2)]


def luminance(color):
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in parts
    ]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_every_color_has_contrast_in_both_themes():
    for theme in colors(fragment(["sine"]).css):
        for name in theme.keys() - {"back", "raised", "rule"}:
            for ground in ("back", "raised"):
                assert contrast(theme[name], theme[ground]) >= 4.5, name
