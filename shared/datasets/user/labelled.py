"""Texts of the user's own, each with its label."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from string import whitespace
from typing import Any, NamedTuple

from shared.errors import DataError
from shared.files.tables.format import AUTO, TableFormat, folded, marks_of
from shared.files.tables.reading import read_rows, settled
from shared.files.user_file import UserTable
from shared.text.fasttext import is_fasttext, read_fasttext
from shared.text.splits import LEAST, rarest

QUOTED = re.compile('".+"')
ENCLOSED = (
    "fields are in quotation marks, which are read as signs (--quoting "
    "standard takes them off)"
)
WHOLE = re.compile(r"\d+(?:\.0+)?", re.ASCII)
"""A whole number, also as pandas writes it among missing ones."""

UNSEEN = f"{whitespace}\u00a0\u3000\u200b\u2060\ufeff"
"""Blanks and signs without width at the ends of a text."""


class Labelled(NamedTuple):
    """Texts with a label each; notes: remarks on the rows for the reader."""

    texts: list[str]
    labels: list[str]
    notes: tuple[str, ...] = ()


def read_table(options: UserTable) -> Labelled:
    """Texts and labels, stripped and NFC-normalized.

    Rows whose text or label is one of the marks of `missing` are left out.
    DataError, in one line, names the file, the row and the fault.
    """
    path = Path(options.data)
    columns = (options.text_column, options.label_column)
    form = TableFormat.of(options)
    texts: list[str] = []
    labels: list[str] = []
    known: dict[str, str] = {}
    several: dict[str, str] = {}
    left_out: list[str] = []
    marks = marks_of(form.missing)
    of_lines = is_fasttext(path, form.encoding)
    rows = (
        read_fasttext(path, form.encoding)
        if of_lines
        else read_rows(path, columns, form)
    )
    for place, (text, label) in rows:
        if marks and not marks.isdisjoint(map(folded, (text, label))):
            left_out.append(place)
            continue
        if label not in known:
            known[label] = clean(path, place, columns[1], label)
        texts.append(clean(path, place, columns[0], text))
        labels.append(known[label])
        if "\n" in text:
            several.setdefault(text, place)
    found = form if of_lines else settled(path, columns, form)
    if form.quoting == AUTO and found.quoting == "standard":
        check_quotes(path, several, found.delimiter, known)
    check_classes(path, texts, labels)
    note = f"left out: {len(left_out):,} rows without text or label"
    notes = [f"{note}, the first is {left_out[0]}"] if left_out else []
    notes += alike(set(labels))
    notes += doubtful(set(labels))
    if form.quoting == AUTO and found.quoting == "none":
        notes += [ENCLOSED] * all(map(QUOTED.fullmatch, known.values()))
    notes += ["lines of fastText: __label__ and a text"] * of_lines
    return Labelled(texts, labels, tuple(notes))


def alike(labels: Collection[str]) -> list[str]:
    """A note on classes that differ in capitals alone, or are one number."""
    spelled: dict[Any, str] = {}
    for label in sorted(labels):
        number = WHOLE.fullmatch(label)
        key = int(label.partition(".")[0]) if number else label.casefold()
        other = spelled.setdefault(key, label)
        if other != label:
            what = "write them alike" if number else "correct the case"
            return [f"'{other}' and '{label}' are two classes: {what}"]
    return []


def doubtful(labels: Collection[str]) -> list[str]:
    """A note on a class whose name often says that there is none."""
    return [
        f"'{label}' is read as a class (--missing {label} leaves its rows out)"
        for label in sorted(labels)
        if label.casefold() in ("nan", "<na>", "na", "n/a", "null", "none")
    ]


def clean(path: Path, place: str, column: str, value: str) -> str:
    """The value stripped and in NFC; DataError in one line if it is bad."""
    if value.isascii() and "\0" not in value and (plain := value.strip()):
        return plain
    if fault := fault_of(value):
        raise DataError(f"{path}, {place}: {fault} in column '{column}'")
    return unicodedata.normalize("NFC", value.strip(UNSEEN))


def check_quotes(
    path: Path,
    several: Mapping[str, str],
    delimiter: str,
    labels: Collection[str],
) -> None:
    """DataError if a line within a text ends like a row.

    several: texts of more than one line, and their places. A quotation mark
    without its counterpart makes one text of two rows.
    """
    for text, place in several.items():
        for line in text.split("\n")[:-1]:
            _, sign, end = line.rpartition(delimiter)
            if sign and end in labels:
                raise DataError(
                    f"{path}, {place}: its text has a line that ends like a "
                    f"row: '{line[-40:]}'; --quoting standard accepts it, "
                    "--quoting none reads quotation marks as signs"
                )


def fault_of(value: str) -> str:
    """Fault of a text or a label, in words; "" if there is none."""
    if not value.strip():
        return "no text"
    if "\0" in value:
        return "a NUL byte"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "half a surrogate pair, which no text has"
    return ""


def check_classes(
    path: Path, texts: Sequence[str], labels: Sequence[str]
) -> None:
    """DataError unless two classes can appear in each split."""
    sizes = Counter(rarest(texts, labels).values())
    if not texts:
        raise DataError(f"{path} has no rows")
    if len(set(labels)) == 1:
        raise DataError(f"{path} has one class only: '{labels[0]}'")
    enough = [label for label, size in sizes.items() if size >= LEAST]
    if len(enough) < 2:
        raise DataError(
            f"{path} has {len(set(labels)):,} classes, of which {len(enough)} "
            f"have {LEAST} different texts; two must, to be in training, "
            "validation and test"
        )
