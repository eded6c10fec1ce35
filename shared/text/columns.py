"""Tagged words in columns, with tabs or blanks between: the last is the tag."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from shared.errors import DataError
from shared.files.io import numbered_lines
from shared.text.column_places import (
    Cells,
    bracketed,
    named_place,
    usual_places,
)
from shared.text.tagged import (
    BIO,
    DOCUMENT,
    SHOWN,
    Sentence,
    Tagged,
    ends_sentence,
    tagged,
)

NAMES = (
    {"word", "words", "token", "tokens", "form", "text"},
    {"tag", "tags", "label", "labels", "ner", "ner_tag", "pos", "upos"},
)
"""What a first line calls its first column and its last."""

CONLL_2012 = "#begin document"


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
        tag = cells[-1]
        tagged = "\t" in line or tag in self.tags or BIO.fullmatch(tag)
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

    def fault(self, line: str, cells: Cells, least: int = 0) -> str:
        """What is wrong with the line of a word; "" if nothing is.

        least: columns that are enough, 0 if all are needed.
        """
        if cells[0] and 0 < least <= len(cells):
            return ""
        lost = self.tabs and "\t" not in line and cells[-1] not in self.tags
        if cells[0] and len(cells) == self.width > 1 and not lost:
            return ""
        shown = repr(line[:SHOWN])
        if not cells[0]:
            return f"no word: {shown}"
        if self.width == 1 or len(cells) == 1 or lost:
            return f"no tag: {shown} is not word, tab or blank, and tag"
        return f"{len(cells)} columns, not {self.width}: {shown}"


def read_columns(
    path: Path, encoding: str = "utf-8", word: str = "", tag: str = ""
) -> Tagged:
    """The first column of each line, and the last, or those named.

    word, tag: a name or a number from 1, "" for the usual column. Blank lines
    and those of -DOCSTART- end a sentence. A line of # before a sentence is a
    comment unless it has a tag. DataError names a line without a tag, or with
    another number of columns than most.
    """
    lines = [
        (number, line.rstrip("\t "))
        for number, line in numbered_lines(path, encoding)
    ]
    layout = _layout([line for _, line in lines if not ends_sentence(line)])
    names = layout.split(lines[0][1]) if lines else []
    if lines and lines[0][1].startswith(CONLL_2012) and not tag:
        raise DataError(
            f"{path} is of CoNLL-2012: --tag-column 5 reads parts of speech, "
            "--tag-column 11 entities"
        )
    numbers = [int(name) for name in (word, tag) if name.isdecimal()]
    found, left_out = _sentences(path, lines, layout, max(numbers, default=0))
    places = usual_places(found, layout.width)
    places = (
        named_place(path, word, names, layout.width, places[0]),
        named_place(path, tag, names, layout.width, places[1]),
    )
    pairs = (
        Sentence(
            [cells[places[0]] for cells in rows],
            bracketed([cells[places[1]] for cells in rows]),
        )
        for rows in found
    )
    first, last = (place + 1 for place in places)
    notes = [f"{layout.width} columns: words in {first}, tags in {last}"]
    usual = places == (0, 1) and layout.width == 2
    return tagged(path, pairs, left_out, [] if usual else notes)


def _sentences(
    path: Path, lines: list[tuple[int, str]], layout: Layout, least: int
) -> tuple[list[list[Cells]], Counter[str]]:
    """The cells of each sentence, and how many other lines there are.

    least: columns that a line needs.
    """
    sentences, left_out = [list[Cells]()], Counter[str]()
    if lines and lines[0][1] and layout.is_header(lines[0][1]):
        left_out["lines of column names"] += 1
        lines = lines[1:]
    for number, line in lines:
        if ends_sentence(line):
            left_out[f"lines of {DOCUMENT}"] += DOCUMENT in line
            sentences.append([])
            continue
        cells = layout.split(line)
        if not sentences[-1] and layout.is_comment(line, cells):
            left_out["lines of comments"] += 1
        elif fault := layout.fault(line, cells, least):
            raise DataError(f"{path}, line {number}: {fault}")
        else:
            sentences[-1].append(cells)
    return [rows for rows in sentences if rows], left_out


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
