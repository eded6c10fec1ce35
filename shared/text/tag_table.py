"""Tables of tagged words: a row a word, sentences numbered or blank lines."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from shared.errors import DataError, unknown
from shared.files.compressed import content_name
from shared.files.tables.columns import without_advice
from shared.files.tables.dialect import table_lines
from shared.files.tables.format import TableFormat
from shared.files.tables.reading import (
    Row,
    column_names,
    read_rows,
    settled,
)
from shared.text.tagged import SHOWN, Sentence, Tagged, tagged

WORDS = ("word", "words", "token", "tokens", "form", "text")
TAGS = (
    *("tag", "tags", "label", "labels", "ner_tag", "ner_tags", "ner", "entity"),
    *("pos", "pos_tag", "upos", "xpos"),
)
"""Names of the columns of words and of tags, the usual one first."""

SENTENCE = re.compile(
    r"sent(?:ence)?s?[\s_.-]*(?:#|ids?|idx|index|no|num(?:ber)?)?|id|idx", re.I
)
"""Names of a column that numbers the sentences."""

CELL = re.compile(r"[\[{(].*,.*[\])}]")
"""A list in one cell."""


class Places(NamedTuple):
    """The names of the columns of words, of tags, and of sentences or ""."""

    word: str
    tag: str
    sentence: str = ""

    @property
    def words(self) -> str:
        where = f", sentences in '{self.sentence}'" * bool(self.sentence)
        return f"words in column '{self.word}', tags in '{self.tag}'{where}"


def is_tag_table(path: Path, encoding: str) -> bool:
    """Whether a file is of a table, not of columns with tabs or blanks.

    Its name ends in .csv, or it names sentences, words and tags.
    """
    lines = (line for _, line in table_lines(path, encoding) if line.strip())
    first = next(lines, "")
    if Path(content_name(path)).suffix.lower() == ".csv" and re.search(
        "[,;|]", first
    ):
        return True
    names = [name.strip('" ') for name in first.split("\t")]
    found = usual(names, WORDS) and usual(names, TAGS)
    return bool(found) and any(map(SENTENCE.fullmatch, names))


def read_tag_table(
    path: Path, encoding: str, word: str = "", tag: str = ""
) -> Tagged:
    """The words and tags of a table, by its columns or those that are named.

    A sentence is the rows of one value in a column of sentences, which a blank
    one repeats; without such a column a blank line ends a sentence.
    """
    try:
        form, places = _layout(path, TableFormat(encoding=encoding), word, tag)
        rows = list(read_rows(path, tuple(filter(None, places)), form))
    except DataError as error:
        raise without_advice(error) from error
    for place, (own, its, *_) in rows:
        if not own.strip() or not its.strip():
            what = "word" if not own.strip() else "tag"
            raise DataError(f"{path}, {place}: no {what}; {places.words}")
        if CELL.fullmatch(its.strip()):
            raise DataError(
                f"{path}, {place}: column '{places.tag}' holds lists, such as "
                f"{its[:SHOWN]!r}; a row of a table is one word"
            )
    sentences = _of_keys(rows) if places.sentence else []
    if len(sentences) in (0, 1, len(rows)):
        places = places._replace(sentence="")
        blank = [
            number
            for number, line in table_lines(path, encoding)
            if not line.strip(",;\t ")
        ]
        sentences = _of_blanks(rows, blank)
    return tagged(path, sentences, {}, [places.words])


def _of_keys(rows: Sequence[Row]) -> list[Sentence]:
    """Sentences of rows whose third field is the same or blank."""
    sentences, before = [Sentence([], [])], ""
    for _, (word, tag, key) in rows:
        if key.strip() and key != before and sentences[-1].words:
            sentences.append(Sentence([], []))
        before = key if key.strip() else before
        sentences[-1].words.append(word.strip())
        sentences[-1].tags.append(tag.strip())
    return sentences


def _of_blanks(rows: Sequence[Row], blank: Sequence[int]) -> list[Sentence]:
    """Sentences of rows between the lines of these numbers."""
    sentences, ends = [Sentence([], [])], deque(blank)
    for place, (word, tag, *_) in rows:
        number = int(place.removeprefix("line "))
        if ends and ends[0] < number:
            sentences.append(Sentence([], []))
        while ends and ends[0] < number:
            ends.popleft()
        sentences[-1].words.append(word.strip())
        sentences[-1].tags.append(tag.strip())
    return sentences


def _layout(
    path: Path, form: TableFormat, word: str, tag: str
) -> tuple[TableFormat, Places]:
    """The format of a table and its columns; DataError if not certain."""
    names = column_names(path, form)
    headed = any(
        usual(names, known) for known in (WORDS, TAGS, (word,), (tag,))
    )
    if not headed:
        delimiter = settled(path, (), form).delimiter
        form = replace(form, delimiter=delimiter, header="none")
        names = column_names(path, form)
        if len(names) == 2:
            word, tag = word or "1", tag or "2"
    words, tags = _column(names, word, WORDS), _column(names, tag, TAGS)
    for given, found in ((word, words), (tag, tags)):
        if given and not found:
            raise DataError(f"{path}: {unknown('column', given, names)}")
    if not words or not tags or words == tags:
        raise DataError(
            f"{path}: which of the columns {', '.join(names)} holds words and "
            "which tags is not certain; --word-column and --tag-column name "
            "them, or count them from 1"
        )
    keys = filter(SENTENCE.fullmatch, names)
    key = next((name for name in keys if name not in (words, tags)), "")
    return form, Places(words, tags, key if headed else "")


def _column(names: Sequence[str], given: str, known: Sequence[str]) -> str:
    """The column of a name or a number from 1, else the usual one, else ""."""
    if not given:
        return usual(names, known)
    if given.isdecimal() and given not in names:
        return dict(enumerate(names, 1)).get(int(given), "")
    return usual(names, (given,))


def usual(names: Sequence[str], known: Sequence[str]) -> str:
    """The first of the known names that a table has, as it spells it."""
    spelled = {name.strip().casefold(): name for name in reversed(names)}
    return next(
        (spelled[k] for k in map(str.casefold, known) if k in spelled), ""
    )
