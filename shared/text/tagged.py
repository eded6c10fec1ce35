"""Sentences with a tag for each word: CoNLL-U, and two columns."""

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from shared.errors import DataError
from shared.files.io import numbered_lines

Line = tuple[int, str]

FIELDS = 10
FORM, UPOS = 1, 3
"""Of a line of CoNLL-U: its fields, and those of the word and its tag."""

WORD = re.compile(r"[1-9][0-9]*")
PASSED = re.compile(r"[0-9]+[-.][0-9]+")
"""The id of a word, and of what is none: 1-2 is a contraction of words that
follow, 8.1 an empty node."""

BIO = re.compile(r"O|[BI]-\S+")


class Sentence(NamedTuple):
    """Words and as many tags."""

    words: list[str]
    tags: list[str]


def read_conllu(path: Path, encoding: str = "utf-8") -> list[Sentence]:
    """The words and UPOS tags of a CoNLL-U file.

    Multiword ranges and empty nodes are skipped, so that each syntactic word
    occurs once. https://universaldependencies.org/format.html
    """
    lines = numbered_lines(path, encoding)
    words = [line for line in lines if line[1][:1] != "#"]
    return _sentences(path, words, _conllu_word)


def read_columns(path: Path, encoding: str = "utf-8") -> list[Sentence]:
    """Lines of word, tab and tag; sentences are separated by blank lines.

    A line of blanks and tabs only is blank.
    """
    return _sentences(path, numbered_lines(path, encoding), _column_word)


def is_conllu(path: Path, encoding: str = "utf-8") -> bool:
    """Whether the first line with tabs that is no comment has ten fields."""
    for _, line in numbered_lines(path, encoding):
        if "\t" in line and not line.startswith("# "):
            return line.count("\t") + 1 == FIELDS
    return False


def check_bio(path: Path, sentences: Iterable[Sentence]) -> None:
    """DataError for the first tag that is not O, B-type or I-type."""
    for count, sentence in enumerate(sentences, 1):
        for word, tag in zip(*sentence, strict=True):
            if not BIO.fullmatch(tag):
                raise DataError(
                    f"{path}, sentence {count}: '{tag}' of '{word}' is not "
                    "O, B-type or I-type"
                )


def _sentences(
    path: Path,
    lines: Iterable[Line],
    word_of: Callable[[str], tuple[str, str] | None],
) -> list[Sentence]:
    sentences = []
    for blank, group in groupby(lines, lambda line: not line[1].strip()):
        if blank:
            continue
        found = [_checked(path, line, word_of) for line in group]
        pairs = [pair for pair in found if pair]
        if pairs:
            words, tags = zip(*pairs, strict=True)
            sentences.append(Sentence(list(words), list(tags)))
    if not sentences:
        raise DataError(f"{path} has no sentence")
    return sentences


def _checked(
    path: Path, line: Line, word_of: Callable[[str], tuple[str, str] | None]
) -> tuple[str, str] | None:
    """A line's word and tag; DataError with its number if malformed."""
    try:
        return word_of(line[1])
    except ValueError as error:
        raise DataError(f"{path}, line {line[0]}: {error}") from error


def _conllu_word(line: str) -> tuple[str, str] | None:
    """Form and UPOS of a word; None for a line to skip."""
    fields = line.split("\t")
    if len(fields) != FIELDS:
        raise ValueError(f"{len(fields)} fields with tabs between, not 10")
    if PASSED.fullmatch(fields[0]):
        return None
    if not WORD.fullmatch(fields[0]):
        raise ValueError(f"'{fields[0]}' is no id of a word")
    if fields[UPOS] in ("", "_"):
        raise ValueError(f"'{fields[FORM]}' has no tag in column 4 (UPOS)")
    return fields[FORM], fields[UPOS]


def _column_word(line: str) -> tuple[str, str]:
    word, _, tag = line.partition("\t")
    if not word or not tag.strip() or "\t" in tag:
        fault = "" if tag.strip() else "no tag: "
        raise ValueError(f"{fault}'{line[:40]}' is not word, tab and tag")
    return word, tag.strip()
