"""Source text as coloured pieces, line by line."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pygments import lex
from pygments.lexers import PythonLexer
from pygments.token import Token

KINDS = {
    Token.Keyword: "keyword",
    Token.Operator.Word: "keyword",
    Token.Literal.String: "string",
    Token.Literal.Number: "number",
    Token.Comment: "comment",
    Token.Name.Class: "name",
    Token.Name.Function: "name",
    Token.Name.Decorator: "decorator",
}
"""Token type -> the kind whose colour it has; others have none."""

PROSE = ("comment", "string")
"""Kinds in which a shape is a remark and not code."""


class Piece(NamedTuple):
    """Text of one kind; "" is the kind of plain code."""

    kind: str
    text: str


@cache
def coloured(text: str) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for token, value in lex(text, PythonLexer(stripnl=False)):
        kind = _kind(token)
        for number, part in enumerate(value.split("\n")):
            if number:
                lines.append([])
            _add(lines[-1], kind, part)
    return lines


def _kind(token: object) -> str:
    """The kind of a token type, or of its nearest ancestor."""
    while token is not None:
        if token in KINDS:
            return KINDS[token]
        token = token.parent  # type: ignore[attr-defined]
    return ""


def _add(line: list[Piece], kind: str, text: str) -> None:
    """Append text to a line, merged with a piece of the same kind."""
    if line and line[-1].kind == kind:
        line[-1] = Piece(kind, line[-1].text + text)
    elif text:
        line.append(Piece(kind, text))
