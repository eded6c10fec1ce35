"""Pairs of a sentence and its translation as files have them."""

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from shared.errors import DataError
from shared.files.compressed import content_name
from shared.files.io import numbered_lines
from shared.files.kinds import ENDINGS, check_table
from shared.files.tables.columns import without_advice
from shared.files.tables.format import TableFormat
from shared.files.tables.reading import column_names, read_rows, settled

Pair = tuple[str, str]
"""A sentence and a translation of it."""

Line = tuple[int, str]

NUMBER = r"\d+(?:\.\d+)?(?:[eE]-?\d+)?"
NUMBERED = {
    "2 and 4 are read; 1 and 3 are": (
        r"\d+\t(\d*[^\t\d][^\t]*)\t\d+\t(\d*[^\t\d][^\t]*)$"
    ),
    "3 and 6 are read; before them are languages and": (
        r"\d+\t\w{2,4}\t([^\t]+)\t\d+\t\w{2,4}\t([^\t]+)$"
    ),
    "2 and 3 are read; 1 holds": (
        rf"{NUMBER}\t(\d*[^\t\d].*)\t(\d*[^\t\d].*)$"
    ),
}
"""A pair as Tatoeba exports it, each sentence after its number, or all of it
after one number: what is read, and the pattern of a line."""

BARS = re.compile(r"\s*\|\|\|\s*")
"""Between the sides of a pair in fast_align."""

TABLES = {".csv", ".json", ".jsonl", ".ndjson", ".parquet"}
"""Endings of tables; others are lines with a tab."""

SIDES = re.compile(
    r"(?:source|src|target|tgt|trg|input|output|question|answer|sentences?"
    r"|text|translation|translated|original|en|de|fr|es|it|pt|nl|ru|pl|cs|tr"
    r"|uk|zh|ja|ko|ar|hi|vi|sv|fi|english|german|french|spanish|italian"
    r"|portuguese|dutch|russian|polish|czech|turkish|ukrainian|chinese"
    r"|japanese|korean|arabic|hindi|vietnamese|swedish|finnish)"
    r"(?:[\s_/.-]?(?:words?|sentences?|text|words/sentences|\d|lang))?",
    re.I,
)
"""What a first row calls one of its columns."""

ROWS = 400
"""Rows that show which columns hold text."""


def read_pairs(path: Path, encoding: str) -> tuple[list[Pair], list[str]]:
    """The pairs of a file, and notes; DataError in one line.

    A column that is the same in all rows, such as a language, is no sentence.
    """
    pairs, notes = _read(path, encoding)
    for place, side in enumerate(zip(*pairs, strict=True), 1):
        if len(side) > 1 and len(set(side)) == 1:
            raise DataError(
                f"{path}: side {place} of all {len(side):,} pairs is "
                f"'{side[0][:40]}'; leave a sentence and its translation in "
                "each line"
            )
    return pairs, notes


def _read(path: Path, encoding: str) -> tuple[list[Pair], list[str]]:
    ending = Path(content_name(path)).suffix.lower()
    table = ending in TABLES | ENDINGS.keys()
    if ending == ".csv":
        lines = (line for _, line in numbered_lines(path, encoding))
        table = not all("\t" in line for line in lines if line.strip())
    if table:
        return _of_table(path, TableFormat(encoding=encoding))
    return _of_lines(path, encoding)


def _of_lines(path: Path, encoding: str) -> tuple[list[Pair], list[str]]:
    """Lines with tabs, or with ||| where none has a tab."""
    lines = [
        (number, line.removeprefix("\ufeff"))
        for number, line in numbered_lines(path, encoding)
        if line.strip()
    ]
    if not lines:
        raise DataError(f"{path} has no pairs")
    check_table(path, (line for _, line in lines))
    if all("|||" in line and "\t" not in line for _, line in lines):
        lines = [(number, BARS.sub("\t", line)) for number, line in lines]
    lines, notes = _under_names(path, lines)
    for columns, pattern in NUMBERED.items():
        if all(re.match(pattern, line) for _, line in lines):
            lines = [(n, re.sub(pattern, r"\1\t\2", s)) for n, s in lines]
            notes += [f"columns {columns} numbers"]
            break
    pairs = [pair_of(path, number, line) for number, line in lines]
    quoted = all(re.fullmatch('".*"', side) for pair in pairs for side in pair)
    if quoted:
        pairs = [(_unquoted(a), _unquoted(b)) for a, b in pairs]
    return pairs, notes


def pair_of(path: Path, number: int, line: str) -> Pair:
    """The first two columns of a line; DataError if there is only one."""
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) < 2 or not all(columns[:2]):
        raise DataError(
            f"{path}, line {number}: a sentence, a tab and its translation "
            f"are needed, not {line[:40]!r}"
        )
    return columns[0], columns[1]


def _under_names(path: Path, lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines without a first one that names two sides, these alone."""
    number, first = lines[0]
    names = [name.strip() for name in first.split("\t")]
    sides = [i for i, name in enumerate(names) if SIDES.fullmatch(name)]
    if len(sides) != 2:
        return lines, []
    if len(lines) == 1:
        raise DataError(f"{path} has no pairs")
    rows = [(n, line.split("\t")) for n, line in lines[1:]]
    found = [
        (n, "\t".join(cells[i] for i in sides if i < len(cells)))
        for n, cells in rows
    ]
    read = " and ".join(names[i] for i in sides)
    return found, [f"line {number} names the columns; read: {read}"]


def _unquoted(side: str) -> str:
    return side[1:-1].replace('""', '"').strip()


def _of_table(path: Path, form: TableFormat) -> tuple[list[Pair], list[str]]:
    """The two columns of text of a table, with or without their names."""
    try:
        names = column_names(path, form)
        notes = []
        if path.suffix.lower().startswith(".csv"):
            sides = [name for name in names if SIDES.fullmatch(name)]
            headless = not sides
            form = settled(path, (), form)
            if headless:
                form = TableFormat(
                    encoding=form.encoding,
                    delimiter=form.delimiter,
                    header="none",
                )
                names = column_names(path, form)
                notes = ["line 1 is read as a pair, not as names of columns"]
        chosen = _texts_of(path, names, form)
        rows = list(read_rows(path, chosen, form))
    except DataError as error:
        raise without_advice(error) from error
    if len(names) > 2:
        notes.append(f"columns read: {' and '.join(chosen)}")
    for place, row in rows:
        if not all(map(str.strip, row)):
            raise DataError(f"{path}, {place}: a side of the pair is empty")
    if not rows:
        raise DataError(f"{path} has no pairs")
    return [
        (" ".join(a.split()), " ".join(b.split())) for _, (a, b) in rows
    ], notes


def _texts_of(path: Path, names: Sequence[str], form: TableFormat) -> list[str]:
    """The names of the two columns of sentences; DataError if uncertain."""
    if len(names) < 2:
        raise DataError(f"{path}: a pair needs two columns, not {len(names)}")
    rows = [row for _, row in islice(read_rows(path, names, form), ROWS)]
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    texts = [
        name
        for name, column in columns.items()
        if not all(re.fullmatch(NUMBER, text.strip() or "0") for text in column)
    ]
    sides = [name for name in texts if SIDES.fullmatch(name)]
    found = texts if len(texts) == 2 else sides
    if len(found) != 2:
        raise DataError(
            f"{path}: columns {', '.join(names)}: which are the sentence and "
            "its translation is not certain; leave these two"
        )
    return found
