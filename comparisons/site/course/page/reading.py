"""`{times}`: how long a page takes to read, and its commands to run."""

import math
import re
from typing import Any

from docutils import nodes

from comparisons.frameworks import DEFAULT
from comparisons.site.course.base import CourseDirective
from comparisons.site.course.runs import spoken

WORDS, LINES = 200, 15
"""Words of prose that are read in a minute, and lines of code."""

SECONDS = re.compile(r'data-seconds="(\d+)"')
PROSE = (nodes.paragraph, nodes.title, nodes.caption)


class times(nodes.General, nodes.Element):  # noqa: N801
    """In place of the times until the page is read."""


class TimesDirective(CourseDirective):
    """Where the times of the page are shown."""

    required_arguments = 0

    def made(self) -> list[nodes.Node]:
        """A place for them."""
        return [times()]


def write_times(app: Any, document: nodes.document) -> None:
    """Replace the places of the times by a sentence."""
    for place in list(document.findall(times)):
        text = f"Reading: about {reading_minutes(document)} minutes."
        if seconds := running_seconds(document):
            text += f" Running all commands: about {spoken(seconds)}."
        place.replace_self(
            nodes.paragraph("", text, classes=["course-time", "course-times"])
        )


def reading_minutes(document: nodes.document) -> int:
    """Of the prose, and of the code of one framework."""
    prose = [
        node.astext()
        for kind in PROSE
        for node in document.findall(kind)
        if not isinstance(node.parent, nodes.entry)
    ]
    words = sum(len(text.split()) for text in prose)
    blocks = document.findall(nodes.literal_block)
    lines = sum(len(node.astext().splitlines()) for node in blocks)
    return math.ceil(words / WORDS + lines / len(DEFAULT) / LINES)


def running_seconds(document: nodes.document) -> float:
    """Of all commands of the page whose runs are recorded."""
    raw = "".join(node.astext() for node in document.findall(nodes.raw))
    return sum(map(float, SECONDS.findall(raw)))
