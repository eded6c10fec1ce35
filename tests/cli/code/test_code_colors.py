"""Colors of the code page have contrast in both themes."""

import re

from factories.html.contrast import channels, contrast

from comparisons.reader.page import fragment


def colors(css):
    """The colors of each theme: light, dark."""
    pairs = re.findall(r"--code-(\w+): light-dark\((#\w{6}), (#\w{6})\);", css)
    assert len(pairs) == len(re.findall(r"--code-\w+: light-dark", css)) > 10
    return [{row[0]: channels(row[place]) for row in pairs} for place in (1, 2)]


def test_every_color_has_contrast_in_both_themes():
    for theme in colors(fragment(["sine"]).css):
        grounds = ("back", "raised", "mark")
        for name in theme.keys() - {*grounds, "rule"}:
            for ground in grounds:
                assert contrast(theme[name], theme[ground]) >= 4.5, name
