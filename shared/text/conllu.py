"""The treebanks' CoNLL-U: ten columns, with tabs between them.

https://universaldependencies.org/format.html
"""

import re
from collections import Counter
from pathlib import Path

from shared.errors import DataError, unknown
from shared.files.io import numbered_lines
from shared.text.tagged import DOCUMENT, Sentence, Tagged, ends_sentence, tagged

FIELDS = 10
FORM, UPOS = 1, 3
"""Of a line: its fields, and those of the word and its tag."""

NAMES = (
    *("ID", "FORM", "LEMMA", "UPOS", "XPOS"),
    *("FEATS", "HEAD", "DEPREL", "DEPS", "MISC"),
)
"""Those of the fields."""

WORD = re.compile(r"[1-9][0-9]*")
RANGE = re.compile(r"[0-9]+-[0-9]+")
EMPTY = re.compile(r"[0-9]+\.[0-9]+")
"""The id of a word, and of what is none: 1-2 is a contraction of words that
follow, 8.1 an empty node."""


def read_conllu(
    path: Path, encoding: str = "utf-8", word: str = "", tag: str = ""
) -> Tagged:
    """The words and UPOS tags of a file, or the fields of other numbers.

    Multiword ranges and empty nodes are skipped, so that each syntactic word
    occurs once.
    """
    form, upos = _place(path, word, FORM), _place(path, tag, UPOS)
    sentences, left_out = [Sentence([], [])], Counter[str]()
    for number, line in numbered_lines(path, encoding):
        if ends_sentence(line):
            left_out[f"lines of {DOCUMENT}"] += DOCUMENT in line
            sentences.append(Sentence([], []))
        elif line.startswith("#"):
            left_out["lines of comments"] += 1
        else:
            fields = fields_of(line)
            try:
                kind = _kind(fields, upos)
            except ValueError as error:
                raise DataError(f"{path}, line {number}: {error}") from error
            if kind:
                left_out[kind] += 1
            else:
                sentences[-1].words.append(fields[form])
                sentences[-1].tags.append(fields[upos])
    return tagged(path, sentences, left_out)


def is_conllu(path: Path, encoding: str = "utf-8") -> bool:
    """Whether the first line that is no comment has an id and ten fields."""
    for _, line in numbered_lines(path, encoding):
        if not ends_sentence(line) and not line.startswith("#"):
            fields = fields_of(line)
            ids = (WORD, RANGE, EMPTY)
            known = any(one.fullmatch(fields[0]) for one in ids)
            return len(fields) == FIELDS and known
    return False


def fields_of(line: str) -> list[str]:
    """The fields of a line, without empty ones past the last."""
    if "\t" not in line:
        return line.split()
    fields = [field.strip(" ") for field in line.split("\t")]
    while len(fields) > FIELDS and not fields[-1]:
        fields.pop()
    return fields


def _place(path: Path, name: str, usual: int) -> int:
    """The place of a field of a name or a number from 1."""
    if not name:
        return usual
    if name.upper() in NAMES:
        return NAMES.index(name.upper())
    if name.isdecimal() and 0 < int(name) <= FIELDS:
        return int(name) - 1
    raise DataError(f"{path}: {unknown('column', name, NAMES)}")


def _kind(fields: list[str], tag: int) -> str:
    """What is no word; "" for a word, ValueError for a malformed line."""
    if len(fields) != FIELDS:
        raise ValueError(f"{len(fields)} fields with tabs between, not 10")
    if RANGE.fullmatch(fields[0]):
        return "ranges of words"
    if EMPTY.fullmatch(fields[0]):
        return "empty nodes"
    if not WORD.fullmatch(fields[0]):
        raise ValueError(f"'{fields[0]}' is no id of a word")
    if fields[tag] in ("", "_"):
        raise ValueError(
            f"'{fields[FORM]}' has no tag in column {tag + 1} ({NAMES[tag]})"
        )
    return ""
