"""Columns of a table in a file: delimited fields, JSON or Parquet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from shared.errors import DataError, unknown
from shared.files.compressed import OPENERS, content_name, is_packed
from shared.files.kinds import AS_CSV, ENDINGS, UNREAD
from shared.files.limits import check_parquet
from shared.files.tables.columns import check_columns
from shared.files.tables.delimited import layout_of, read_delimited
from shared.files.tables.format import DELIMITED, TableFormat
from shared.files.tables.json_text import names_of, read_json

Row = tuple[str, list[str]]
"""Where a row is, in words, and its values; "" for an absent one."""


def read_rows(
    path: Path, columns: Sequence[str], form: TableFormat
) -> Iterator[Row]:
    """The rows of these columns; DataError in one line for a bad file.

    Rows are counted as an editor counts lines; a row of several lines has the
    number of its first line.
    """
    return _reader(path, form)(path, columns, form)


def settled(
    path: Path, columns: Sequence[str], form: TableFormat
) -> TableFormat:
    """The format with the delimiter and the quoting of the file itself.

    `numerals.column_values` takes it. DataError where they are not certain.
    """
    if _reader(path, form) is not read_delimited:
        return form
    layout = layout_of(path, columns, form)
    if layout is None:
        return form
    delimiter, quoted = layout.dialect
    quoting = "standard" if quoted else "none"
    return replace(form, delimiter=delimiter, quoting=quoting)


def column_names(
    path: Path, form: TableFormat, columns: Sequence[str] = ()
) -> list[str]:
    """The names of all columns, stripped; `1`, `2`, ... without a header.

    Columns without a name are left out. columns: names that are wanted, by
    which a header under a title is found.
    """
    reader = _reader(path, form)
    if reader is read_delimited:
        layout = layout_of(path, columns, form)
        names = layout.names if layout else []
    else:
        names = _schema(path) if reader is _parquet else names_of(path, form)
    return [name.strip() for name in names if name.strip()]


def header_notes(
    path: Path, columns: Sequence[str], form: TableFormat
) -> list[str]:
    """What is said of a header of several lines."""
    if _reader(path, form) is not read_delimited:
        return []
    layout = layout_of(path, columns, form)
    if layout is None or not layout.units:
        return []
    return [f"line {layout.first} holds units or more names: {layout.units}"]


def _reader(path: Path, form: TableFormat) -> "Reader":
    """What reads a file of this ending; DataError if nothing does."""
    packed, name = is_packed(path), content_name(path)
    ending = Path(name).suffix.lower()
    if ending in ENDINGS:
        advice = "decompress it" if ending in UNREAD else AS_CSV
        raise DataError(f"{path}: {ENDINGS[ending]} is not read; {advice}")
    known = TEXTS if packed else READERS
    if ending not in known:
        of_it = f"{path}: '{name}'" if packed else path
        raise DataError(
            f"{of_it}: {unknown('ending', ending, known)} (all but .parquet "
            f"also compressed: {', '.join(OPENERS)})"
        )
    reader = known[ending]
    given = [n for n in DELIMITED if getattr(form, n) != DELIMITED[n]]
    if given and reader is not read_delimited:
        flag = given[0].replace("_", "-")
        raise DataError(
            f"{path}: --{flag} is for delimited text, not for {ending}"
        )
    return reader


def _schema(path: Path) -> list[str]:
    import pyarrow
    from pyarrow import parquet

    try:
        names: list[str] = parquet.ParquetFile(path).schema_arrow.names
    except (pyarrow.ArrowException, OSError) as error:
        raise _unread(path, error) from error
    return names


def _parquet(
    path: Path, columns: Sequence[str], form: TableFormat
) -> Iterator[Row]:
    """Records of a Parquet file, whose text is always UTF-8."""
    names = _schema(path)
    found = check_columns(path, "schema", names, columns)
    # Imported late: only who brings such a file pays for it.
    import pyarrow
    from pyarrow import parquet

    chosen = [names[column] for column in found]
    number = 0
    try:
        file = parquet.ParquetFile(path)
        check_parquet(path, file.metadata)
        for batch in file.iter_batches(columns=list(dict.fromkeys(chosen))):
            texts = [_as_texts(batch[name]) for name in chosen]
            for values in zip(*texts, strict=True):
                number += 1
                yield f"record {number}", list(values)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _unread(path, error) from error


def _as_texts(values: Any) -> list[str]:
    """Texts of a column of Arrow; "" for null and, of numbers, for NaN."""
    import pyarrow
    from pyarrow import compute

    texts = values.cast(pyarrow.string())
    if pyarrow.types.is_floating(values.type):
        known = compute.invert(compute.is_nan(values))
        texts = compute.if_else(known, texts, "")
    found: list[str] = compute.fill_null(texts, "").to_pylist()
    return found


def _unread(path: Path, error: Exception) -> DataError:
    said = str(error).partition("\n")[0]
    return DataError(f"{path} cannot be read as Parquet: {said}")


Reader = Callable[[Path, Sequence[str], TableFormat], Iterator[Row]]
"""Path, columns and format -> rows."""

TEXTS: dict[str, Reader] = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt"), read_delimited),
    **dict.fromkeys((".dat", ".data"), read_delimited),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), read_json),
}
READERS: dict[str, Reader] = {**TEXTS, ".parquet": _parquet}
"""Ending of a file's name -> what reads it."""
