"""Data of the user's own: texts with their labels, sentences with tags."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from shared.errors import DataError
from shared.files.table_format import TableFormat
from shared.files.tables import read_rows
from shared.files.user_file import UserTable, UserTags
from shared.text.columns import read_columns
from shared.text.conllu import is_conllu, read_conllu
from shared.text.splits import LEAST, strata
from shared.text.tagged import Tagged


def read_table(options: UserTable) -> tuple[list[str], list[str]]:
    """Texts and labels, stripped and NFC-normalized.

    DataError, in one line, names the file, the row and the fault.
    """
    path = Path(options.data)
    columns = (options.text_column, options.label_column)
    form = TableFormat.of(options)
    texts, labels = [], []
    for place, values in read_rows(path, columns, form):
        for name, value in zip(columns, values, strict=True):
            if fault := fault_of(value):
                raise DataError(f"{path}, {place}: {fault} in column '{name}'")
        text, label = (unicodedata.normalize("NFC", v.strip()) for v in values)
        texts.append(text)
        labels.append(label)
    check_classes(path, texts, labels)
    return texts, labels


def read_tags(options: UserTags) -> Tagged:
    """Sentences of CoNLL-U (ten fields a line) or of other columns."""
    path = Path(options.data)
    conllu = is_conllu(path, options.encoding)
    reader = read_conllu if conllu else read_columns
    found = reader(path, options.encoding)
    tags = {tag for sentence in found.sentences for tag in sentence.tags}
    if len(tags) == 1:
        raise DataError(f"{path} has one tag only: '{tags.pop()}'")
    count = len({tuple(sentence.words) for sentence in found.sentences})
    if count < LEAST:
        raise DataError(
            f"{path} has {count} different sentences, not {LEAST}; a blank "
            "line ends one"
        )
    return found


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
    sizes = {label: len(own) for label, own in strata(texts, labels).items()}
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
