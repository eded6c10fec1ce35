"""Source text as colored spans and as tokens, line by line."""

import re
from functools import cache
from typing import Any, NamedTuple

from pygments import lex
from pygments.lexers import PythonLexer
from pygments.token import Token as Kind

KINDS: dict[Any, str] = {
    Kind.Keyword: "keyword",
    Kind.Operator.Word: "keyword",
    Kind.Literal.String: "string",
    Kind.Literal.Number: "number",
    Kind.Comment: "comment",
    Kind.Name.Class: "name",
    Kind.Name.Function: "name",
    Kind.Name.Decorator: "decorator",
}
"""Token type -> the kind whose color it has; others have none."""

PROSE = ("comment", "string")
"""Kinds in which a shape is a remark and not code."""


WORD = re.compile(r"\w+|\.{3}|[^\w\s]")


class Token(NamedTuple):
    """A word or a sign of code, and where it is in its line."""

    text: str
    start: int
    end: int


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


@cache
def code_tokens(text: str) -> list[list[Token]]:
    """The tokens of each line, without comments."""
    found = []
    for spans in colored(text):
        tokens, start = [], 0
        for kind, words in spans:
            if kind != "comment":
                tokens += [
                    Token(word[0], start + word.start(), start + word.end())
                    for word in WORD.finditer(words)
                ]
            start += len(words)
        found.append(tokens)
    return found
