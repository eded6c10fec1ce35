"""How tags mark entities: IOB, IOE, BIOES, BILOU, BMEWO, or bare types."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from shared.text.tagged import Sentence

BARE = "bare types"
"""The scheme of tags that are types of entities, without prefixes."""

FAMILIES = ("BIES", "BILU", "BMESW")
"""The prefixes that occur together."""

MEANING = {"L": "E", "U": "S", "W": "S", "M": "I"}
"""A prefix of BILOU or BMEWO -> that of BIOES."""

PREFIXED = re.compile(r"(?P<mark>[BIESLUMW])(?:[-_](?P<kind>.+))?", re.I)
SUFFIXED = re.compile(r"(?P<kind>.+)[-_](?P<mark>[BIESLUMW])", re.I)

UNTYPED = "entity"
"""The type of an entity whose tags name none."""

WORD_TAGS = {
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"),
}
"""Universal parts of speech; beside them O is a tag like others."""


class Scheme(NamedTuple):
    """Its name, "" if the tags mark no entities, and a note, "" if none."""

    name: str
    note: str = ""


class Piece(NamedTuple):
    """Prefix and type of a tag; a tag without a prefix is all type."""

    mark: str
    kind: str


OUTSIDE = Piece("O", "")


@cache
def piece_of(tag: str) -> Piece:
    if tag.upper() == OUTSIDE.mark:
        return OUTSIDE
    found = PREFIXED.fullmatch(tag) or SUFFIXED.fullmatch(tag)
    if not found:
        return Piece("", tag)
    return Piece(found["mark"].upper(), found["kind"] or UNTYPED)


def to_bio(tags: Iterable[str], scheme: str) -> list[str]:
    """The tags of a sentence as O, B-type and I-type.

    As in conlleval, an entity begins at B and S, after O, E and S, and where
    the type changes; it ends where the next begins, and at O.
    """
    found, before = [], OUTSIDE
    for piece in _pieces(tags, scheme):
        same = before.mark in "BI" and before.kind == piece.kind
        mark = "I" if same and piece.mark in "IE" else "B"
        found.append("O" if piece == OUTSIDE else f"{mark}-{piece.kind}")
        before = piece
    return found


def scheme_of(sentences: Sequence[Sentence]) -> Scheme:
    """The scheme of all tags.

    Tags without prefixes are types of entities if O is the most frequent tag
    and no other is a part of speech or a sign.
    """
    counts = Counter(tag for own in sentences for tag in own.tags)
    pieces = {tag: piece_of(tag) for tag in sorted(counts)}
    outside = sum(counts[tag] for tag in counts if pieces[tag] == OUTSIDE)
    inside = {tag: p for tag, p in pieces.items() if p != OUTSIDE}
    typed = [t for t, p in inside.items() if p.mark and p.kind != UNTYPED]
    if _of_one_family(list(inside.values()), outside > 0):
        return _named(sentences, {piece.mark for piece in inside.values()})
    if typed:
        other = next((t for t in inside if t not in typed), typed[-1])
        why = f"{typed[0]} and {other} are of no known scheme"
    elif not (outside and inside):
        return Scheme("")
    elif outside < max(counts.values()):
        why = "O is not the most frequent"
    elif any(t in WORD_TAGS or not re.search(r"[^\W\d_]", t) for t in inside):
        why = "some are parts of speech"
    else:
        return Scheme(BARE, "tags read as types of entities without prefixes")
    return Scheme("", f"tags read as those of words, not of entities: {why}")


def _of_one_family(pieces: Sequence[Piece], outside: bool) -> bool:
    """Whether prefixes are of one scheme, and surely prefixes."""
    marks = {piece.mark for piece in pieces}
    untyped = any(piece.kind == UNTYPED for piece in pieces)
    if untyped:
        sure = {"B", "E"} <= marks or (outside and bool(marks & {"B", "I"}))
    else:
        sure = "B" in marks or outside
    family = any(marks <= set(letters) for letters in FAMILIES)
    return bool(pieces) and family and sure


def _named(sentences: Sequence[Sentence], marks: set[str]) -> Scheme:
    """The name of a scheme of these prefixes, by where they are used."""
    first, last = Counter[str](), Counter[str]()
    for _, tags in sentences:
        own = [OUTSIDE, *_pieces(tags, ""), OUTSIDE]
        for before, piece, after in zip(own, own[1:], own[2:]):
            first[piece.mark] += before.kind != piece.kind
            last[piece.mark] += after.kind != piece.kind
    if marks <= {"B", "I"}:
        name = "IOB1" if first["I"] > first["B"] else "IOB2"
        other = "I" if name == "IOB2" else "B"
        strays = f"; entities that begin with {other}: {first[other]:,}"
        return Scheme(name, f"tags read as {name}{strays * bool(first[other])}")
    if marks <= {"I", "E"}:
        name = "IOE1" if last["I"] > last["E"] else "IOE2"
    elif marks & {"L", "U"}:
        name = "BILOU"
    else:
        name = "BMEWO" if "W" in marks else "BMES" if "M" in marks else "BIOES"
    return Scheme(name, f"tags read as {name}")


def _pieces(tags: Iterable[str], scheme: str) -> list[Piece]:
    """The meaning of each tag, in the prefixes of BIOES."""
    if scheme == BARE:
        bare = {OUTSIDE: OUTSIDE}
        return [bare.get(piece_of(tag), Piece("I", tag)) for tag in tags]
    found = map(piece_of, tags)
    return [Piece(MEANING.get(p.mark, p.mark), p.kind) for p in found]
