"""Source text as colored spans, line by line."""

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
"""Token type -> the kind whose color it has; others have none."""

PROSE = ("comment", "string")
"""Kinds in which a shape is a remark and not code."""


class Span(NamedTuple):
    """Text of one kind; "" is the kind of plain code."""

    kind: str
    text: str


@cache
def colored(text: str) -> list[list[Span]]:
    """The spans of each line; a token has the kind of its nearest ancestor."""
    lines: list[list[Span]] = [[]]
    for token, value in lex(text, PythonLexer(stripnl=False)):
        kinds = [KINDS[known] for known in token.split() if known in KINDS]
        kind = kinds[-1] if kinds else ""
        for number, part in enumerate(value.split("\n")):
            if number:
                lines.append([])
            line = lines[-1]
            if line and line[-1].kind == kind:
                line[-1] = Span(kind, line[-1].text + part)
            elif part:
                line.append(Span(kind, part))
    return lines
