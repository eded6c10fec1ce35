"""`{drawn}`, `{computed}`, and `{reference}` of the course's chapters."""

import ast
import os
from hashlib import sha256
from pathlib import Path
from textwrap import dedent
from typing import Any

import matplotlib as mpl
from docutils import nodes

from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.site.course.base import CourseDirective, CourseRole
from comparisons.site.course.computed import (
    by_hand,
    cliff,
    clipping,
    embeddings,
    memory,
    names,
    techniques,
    timings,
)
from comparisons.site.course.computed.recorded import RECORDED
from comparisons.site.course.figures import INK, save_shades, style
from comparisons.site.course.markup import code
from shared.errors import UserError, unknown

FIGURES: dict[str, Any] = {
    **cliff.FIGURES,
    **clipping.FIGURES,
    **memory.FIGURES,
    **names.FIGURES,
    **embeddings.FIGURES,
}
"""Name of a drawing -> what draws it, from the words after the name."""

TEXTS: dict[str, Any] = {
    **by_hand.TEXTS,
    **cliff.TEXTS,
    **clipping.TEXTS,
    **memory.TEXTS,
    **names.TEXTS,
    **embeddings.TEXTS,
    **techniques.TEXTS,
}
"""Name of a figure or a table -> its text, from the words after the name."""

CHECKS: dict[str, Any] = {
    **cliff.CHECKS,
    **memory.CHECKS,
    **names.CHECKS,
    **embeddings.CHECKS,
    **techniques.CHECKS,
    **timings.CHECKS,
}
"""Name of a statement -> whether it holds, by the words after the name."""

REFERENCE = "shared/reference"


class DrawnDirective(CourseDirective):
    """`{drawn} cliff`: a computed figure; the content is its caption."""

    has_content = True

    def made(self) -> list[nodes.Node]:
        """An image for light pages and one for dark ones, and the caption."""
        name, *words = self.arguments[0].split()
        if name not in FIGURES:
            raise UserError(unknown("drawing", name, FIGURES))
        key = sha256(self.arguments[0].encode()).hexdigest()[:16]
        place = Path(self.env.doctreedir) / "figures"
        paths = {shade: place / f"{name}-{key}-{shade}.svg" for shade in INK}
        settings: Any = style(INK["light"])
        with mpl.rc_context(settings):
            save_shades(FIGURES[name](*words), paths)
        paragraph = nodes.paragraph("", "")
        for shade, path in paths.items():
            uri = f"/{os.path.relpath(path, self.env.srcdir)}"
            paragraph += nodes.image(
                "",
                uri=uri,
                alt=f"{name.replace('-', ' ')}: see the caption",
                classes=[f"only-{shade}"],
            )
        caption = nodes.caption("", "")
        caption += self.parsed("\n".join(self.content))[0].children
        self.depends_on(sources(words))
        return [nodes.figure("", paragraph, caption)]


class ComputedDirective(CourseDirective):
    """`{computed} retention`: a table that is computed."""

    def text(self) -> str:
        """Its Markdown."""
        name, *words = self.arguments[0].split()
        self.depends_on(sources(words))
        return computed(name, *words)


def sources(words: list[str]) -> list[Path]:
    """The files that a text or a drawing of these words may read."""
    folders = [ROOT / word for word in words if "/" in word]
    return [*RECORDED.glob("*.json"), *map(records_file, folders)]


class ComputedRole(CourseRole):
    """`{computed}` within a sentence: a figure that is computed."""

    def shown(self, name: str, *words: str) -> str:
        """Its text."""
        return computed(name, *words)


def computed(name: str, *words: str) -> str:
    if name not in TEXTS:
        raise UserError(unknown("computed text", name, TEXTS))
    text: str = TEXTS[name](*words)
    return text


class CheckedRole(CourseRole):
    """`{checked}` shows nothing; it fails the build if it does not hold.

    The words are a statement and what it is of.
    """

    def shown(self, name: str, *words: str) -> str:
        """Nothing, or UserError."""
        if name not in CHECKS:
            raise UserError(unknown("check", name, CHECKS))
        if not CHECKS[name](*words):
            raise UserError("what is computed does not support it")
        return ""


class ReferenceDirective(CourseDirective):
    """`{reference} cells.rnn_backward`: code of the NumPy reference."""

    def text(self) -> str:
        """Its path, and the definition."""
        file, _, name = self.arguments[0].partition(".")
        path = ROOT / REFERENCE / f"{file}.py"
        if not path.is_file():
            raise UserError(f"'{REFERENCE}/{file}.py' does not exist")
        self.depends_on([path])
        line, found = defined(path.read_text("utf-8"), name)
        place = f"{REFERENCE}/{file}.py, line {line}"
        return f'<p class="course-path">{place}</p>\n\n{code(found)}'


def defined(source: str, name: str) -> tuple[int, str]:
    """First line and text of a function or a class; UserError without it."""
    known = {
        node.name: node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    if name not in known:
        raise UserError(unknown("definition", name, known))
    node = known[name]
    lines = source.splitlines()[node.lineno - 1 : node.end_lineno]
    return node.lineno, dedent("\n".join(lines))
