"""How tags mark entities: IOB, IOE, BIOES, BILOU, BMEWO, or bare types."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from shared.specs import ModelSpec
from shared.text.tagged import Sentence

BARE = "bare types"
"""The scheme of tags that are types of entities, without prefixes."""

FAMILIES = ("BIES", "BILU", "BMESW")
"""The prefixes that occur together."""

MEANING = {"L": "E", "U": "S", "W": "S", "M": "I"}
"""A prefix of BILOU or BMEWO -> that of BIOES."""

PREFIXED = re.compile(r"(?P<mark>[BIESLUMW])(?:[-_:/](?P<kind>.*))?", re.I)
SUFFIXED = re.compile(r"(?P<kind>.+)[-_:/](?P<mark>[BIESLUMW])", re.I)

UNTYPED = "entity"
"""The type of an entity whose tags name none."""

WORD_TAGS = {
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"),
}
"""Universal parts of speech; next to them O is a tag like others."""


class Scheme(NamedTuple):
    """Its name, "" if the tags mark no entities, and a note, "" if none."""

    name: str
    note: str = ""


class ParsedTag(NamedTuple):
    """Prefix and type of a tag; a tag without a prefix is all type."""

    mark: str
    kind: str


CONSTRAINED = "IOB2"
"""The scheme whose transitions are constrained: every entity begins with B."""

OUTSIDE = ParsedTag("O", "")


@cache
def parse_tag(tag: str) -> ParsedTag:
    if tag.upper() == OUTSIDE.mark:
        return OUTSIDE
    found = PREFIXED.fullmatch(tag) or SUFFIXED.fullmatch(tag)
    if not found:
        return ParsedTag("", tag)
    return ParsedTag(found["mark"].upper(), found["kind"] or UNTYPED)


def to_bio(tags: Iterable[str], scheme: str) -> list[str]:
    """The tags of a sentence as O, B-type and I-type.

    As in conlleval, an entity begins at B and S, after O, E and S, and where
    the type changes; it ends where the next begins, and at O.
    """
    found, before = [], OUTSIDE
    for one in _parsed(tags, scheme):
        same = before.mark in "BI" and before.kind == one.kind
        mark = "I" if same and one.mark in "IE" else "B"
        found.append("O" if one == OUTSIDE else f"{mark}-{one.kind}")
        before = one
    return found


def allowed_transitions(classes: Sequence[str], scheme: str) -> np.ndarray:
    """Which tag may follow which (K + 1, K); the last row: which may begin.

    In IOB2, I-type only follows B-type or I-type. Other schemes are not
    constrained.
    """
    allowed = np.ones((len(classes) + 1, len(classes)), bool)
    if scheme != CONSTRAINED:
        return allowed
    parsed = [parse_tag(tag) for tag in classes]
    for column, tag in enumerate(parsed):
        if tag.mark == "I":
            same = [p.mark in "BI" and p.kind == tag.kind for p in parsed]
            allowed[:, column] = [*same, False]
    return allowed


def allowed_tags(
    spec: ModelSpec, metadata: Mapping[str, Any] | None
) -> np.ndarray | None:
    """Which tag may follow which (K + 1, K); None for a model without a CRF.

    metadata: the classes and the scheme of data or of a checkpoint, if known.
    """
    if not spec.crf:
        return None
    known = metadata or {}
    classes = known.get("classes", [""] * spec.output_size)
    return allowed_transitions(classes, known.get("scheme", ""))


def scheme_of(sentences: Sequence[Sentence]) -> Scheme:
    """The scheme of all tags.

    Tags without prefixes are types of entities if O is the most frequent tag
    and no other is a part of speech or a sign.
    """
    counts = Counter(tag for own in sentences for tag in own.tags)
    parsed = {tag: parse_tag(tag) for tag in sorted(counts)}
    outside = sum(counts[tag] for tag in counts if parsed[tag] == OUTSIDE)
    inside = {tag: p for tag, p in parsed.items() if p != OUTSIDE}
    typed = [t for t, p in inside.items() if p.mark and p.kind != UNTYPED]
    if _of_one_family(list(inside.values()), outside > 0):
        return _named(sentences, {one.mark for one in inside.values()})
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


def _of_one_family(parsed: Sequence[ParsedTag], outside: bool) -> bool:
    """Whether prefixes are of one scheme, and surely prefixes."""
    marks = {one.mark for one in parsed}
    untyped = any(one.kind == UNTYPED for one in parsed)
    if untyped:
        sure = {"B", "E"} <= marks or (outside and bool(marks & {"B", "I"}))
    else:
        sure = "B" in marks or outside
    family = any(marks <= set(letters) for letters in FAMILIES)
    return bool(parsed) and family and sure


def _named(sentences: Sequence[Sentence], marks: set[str]) -> Scheme:
    """The name of a scheme of these prefixes, by where they are used."""
    first, last = Counter[str](), Counter[str]()
    for _, tags in sentences:
        own = [OUTSIDE, *_parsed(tags, ""), OUTSIDE]
        for before, one, after in zip(own, own[1:], own[2:]):
            first[one.mark] += before.kind != one.kind
            last[one.mark] += after.kind != one.kind
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


def _parsed(tags: Iterable[str], scheme: str) -> list[ParsedTag]:
    """The meaning of each tag, in the prefixes of BIOES."""
    if scheme == BARE:
        bare = {OUTSIDE: OUTSIDE}
        return [bare.get(parse_tag(tag), ParsedTag("I", tag)) for tag in tags]
    found = map(parse_tag, tags)
    return [ParsedTag(MEANING.get(p.mark, p.mark), p.kind) for p in found]
