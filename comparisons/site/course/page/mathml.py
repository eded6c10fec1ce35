"""Equations as MathML, which a browser shows without a script or a font.

Docutils converts them (`docutils.utils.math.latex2mathml`), so that a page
asks no other machine for anything.
"""

import re
from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml

from comparisons.site.course.base import report

LETTER = re.compile(r"<mi>(\w)</mi>")
"""A variable, which is set in italics."""


def visit_inline(translator: Any, node: nodes.Element) -> None:
    _write(translator, node, "span", block=False)


def visit_block(translator: Any, node: nodes.Element) -> None:
    _write(translator, node, "div", block=True)


def _write(translator: Any, node: nodes.Element, tag: str, block: bool) -> None:
    """The equation within a tag; one that is none fails the build."""
    try:
        shown = tex2mathml(node.astext().strip(), as_block=block)
    except (SyntaxError, ValueError) as error:
        report(ValueError(f"{error}"), f"equation {node.astext()}", node)
        raise nodes.SkipNode from error
    shown = LETTER.sub(r'<mi class="course-letter">\1</mi>', shown)
    body = translator.body
    body.append(translator.starttag(node, tag, "", CLASS="course-math"))
    if block and node.get("number"):
        body.append(f'<span class="eqno">({node["number"]})</span>')
    body.append(f"{shown}</{tag}>")
    raise nodes.SkipNode
