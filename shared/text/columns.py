"""Tagged words in columns, with tabs or blanks between: the last is the tag."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from shared.errors import DataError
from shared.files.io import numbered_lines
from shared.text.tagged import (
    DOCUMENT,
    SHOWN,
    Sentence,
    Tagged,
    ends_sentence,
    tagged,
)

PLACEHOLDERS = {"_", "-", "-X-"}
"""What a column of CoNLL holds that says nothing."""

NAMES = (
    {"word", "words", "token", "tokens", "form", "text"},
    {"tag", "tags", "label", "labels", "ner", "ner_tag", "pos", "upos"},
)
"""What a first line calls its first column and its last."""

Cells = list[str]
"""The columns of a line."""


class Layout(NamedTuple):
    """How the lines of a file are split into columns.

    tabs: whether most lines have a tab; tags: those of such lines, else of all.
    """

    split: Callable[[str], Cells]
    width: int
    tabs: bool
    tags: set[str]

    def is_comment(self, line: str, cells: Cells) -> bool:
        """Whether a line, the first of its sentence, is no word with a tag."""
        tagged = "\t" in line or cells[-1] in self.tags
        return line.startswith("#") and not (
            tagged and len(cells) == self.width
        )

    def is_header(self, line: str) -> bool:
        """Whether a line names the columns, each with a usual name."""
        cells = self.split(line.lower())
        return (
            len(cells) == self.width
            and cells[0] in NAMES[0]
            and cells[-1] in NAMES[1]
        )

    def fault(self, line: str, cells: Cells) -> str:
        """What is wrong with the line of a word; "" if nothing is."""
        lost = self.tabs and "\t" not in line and cells[-1] not in self.tags
        if cells[0] and len(cells) == self.width > 1 and not lost:
            return ""
        shown = repr(line[:SHOWN])
        if not cells[0]:
            return f"no word: {shown}"
        if self.width == 1 or len(cells) == 1 or lost:
            return f"no tag: {shown} is not word, tab or blank, and tag"
        return f"{len(cells)} columns, not {self.width}: {shown}"


def read_columns(path: Path, encoding: str = "utf-8") -> Tagged:
    """The first column of each line, and the last.

    Blank lines and those of -DOCSTART- end a sentence. A line of # before a
    sentence is a comment unless it has a tag. DataError names a line without a
    tag, or with another number of columns than most.
    """
    lines = [
        (number, line.rstrip("\t "))
        for number, line in numbered_lines(path, encoding)
    ]
    layout = _layout([line for _, line in lines if not ends_sentence(line)])
    sentences, left_out = [list[Cells]()], Counter[str]()
    if lines and lines[0][1] and layout.is_header(lines[0][1]):
        left_out["lines of column names"] += 1
        del lines[0]
    for number, line in lines:
        if ends_sentence(line):
            left_out[f"lines of {DOCUMENT}"] += DOCUMENT in line
            sentences.append([])
            continue
        cells = layout.split(line)
        if not sentences[-1] and layout.is_comment(line, cells):
            left_out["lines of comments"] += 1
        elif fault := layout.fault(line, cells):
            raise DataError(f"{path}, line {number}: {fault}")
        else:
            sentences[-1].append(cells)
    word, tag = _places([rows for rows in sentences if rows], layout.width)
    pairs = (
        Sentence(
            [cells[word] for cells in rows], [cells[tag] for cells in rows]
        )
        for rows in sentences
    )
    notes = [f"{layout.width} columns: words in {word + 1}, tags in {tag + 1}"]
    return tagged(path, pairs, left_out, notes[: layout.width > 2])


def _layout(lines: Sequence[str]) -> Layout:
    """Blanks separate if all lines then have as many columns, or few a tab."""
    words = [line for line in lines if not line.startswith("#")]
    with_tabs = ["\t" in line for line in words]
    tabs = 2 * sum(with_tabs) > len(words)
    split, rows = _at_blanks, list(map(_at_blanks, words))
    if tabs and len(set(map(len, rows))) > 1:
        split, rows = _at_tabs, list(map(_at_tabs, words))
    counts = Counter(map(len, rows))
    width = counts.most_common(1)[0][0] if counts else 2
    known = {
        cells[-1] for cells, tab in zip(rows, with_tabs) if tab or not tabs
    }
    return Layout(split, width, tabs, known)


def _at_blanks(line: str) -> Cells:
    return [cell for cell in line.replace("\t", " ").split(" ") if cell]


def _at_tabs(line: str) -> Cells:
    # A blank may be a word itself.
    return [cell.strip(" ") or cell for cell in line.split("\t")]


def _places(
    sentences: Sequence[Sequence[Cells]], width: int
) -> tuple[int, int]:
    """The columns of the words and of the tags.

    Words are in the second column if the first counts them in each sentence.
    """
    tag = width - 1
    counted = max(map(len, sentences), default=0) > 1 and all(
        cells[0] == str(number)
        for rows in sentences
        for number, cells in enumerate(rows, 1)
    )
    word = int(counted and width > 2)
    rows = [cells for own in sentences for cells in own]
    while tag > word + 1 and {cells[tag] for cells in rows} <= PLACEHOLDERS:
        tag -= 1
    return word, tag
