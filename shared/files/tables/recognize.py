"""The layout of a delimited file, recognized by its first lines."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import dropwhile
from pathlib import Path

from shared.errors import DataError
from shared.files.compressed import content_name
from shared.files.tables.columns import positions
from shared.files.tables.dialect import Dialect, Line, sample_rows
from shared.files.tables.format import AUTO, TableFormat
from shared.files.tables.headed import TITLES, headed
from shared.files.tables.layout import Layout, trimmed

SAMPLE = 400
"""Lines by which a file is judged."""

DELIMITERS = {".csv": ",;\t|", ".tsv": "\t;,|", ".tab": "\t;,|"}
"""Ending -> delimiters, the usual one first."""

ANY = "\t,;| "
"""Those of other endings."""

SEPARATOR = re.compile(r'"?sep=(.)"?[,;\t]*', re.IGNORECASE)
"""The first line of a file that Excel wrote, or is to read."""


def find_layout(
    path: Path, lines: list[Line], columns: Sequence[str], form: TableFormat
) -> Layout | None:
    """The layout in which the columns are found, else the likeliest one.

    None for a file without a row; DataError if several are possible.
    """
    lines = [line for line in lines if line[0] > form.skip_rows]
    lines = list(dropwhile(lambda line: not line[1].strip(), lines))
    delimiter = form.delimiter
    mark = SEPARATOR.fullmatch(lines[0][1].strip()) if lines else None
    if mark and not form.skip_rows:
        lines = lines[1:]
        delimiter = mark[1] if delimiter == AUTO else delimiter
    if form.header == "none" and not form.skip_rows:
        lines = list(dropwhile(lambda line: line[1][:1] == "#", lines))
    if not lines:
        return None
    dialects = _dialects(path, lines, delimiter, form.quoting)
    if form.header == "none":
        return _unheaded(path, lines, columns, dialects)
    starts = 1 if form.skip_rows else min(TITLES, len(lines))
    return headed(path, lines, columns, dialects, starts)


def _dialects(
    path: Path, lines: list[Line], delimiter: str, quoting: str
) -> list[Dialect]:
    """Those that the options leave, the usual one first."""
    name = Path(content_name(path).lower())
    endings = [ending for ending in name.suffixes if ending in DELIMITERS]
    usual = DELIMITERS[endings[-1]] if endings else ANY
    if not any(sign in text for _, text in lines for sign in usual):
        usual += " "  # maybe of columns that are aligned
    found = []
    for sign in usual if delimiter == AUTO else delimiter:
        quoted: tuple[bool, ...] = (False, True) if sign == "\t" else (True,)
        if quoting != AUTO:
            quoted = (quoting == "standard",)
        found += [Dialect(sign, how) for how in quoted]
    return found


def _unheaded(
    path: Path,
    lines: list[Line],
    columns: Sequence[str],
    dialects: list[Dialect],
) -> Layout:
    """Columns 1, 2, ...; DataError if several delimiters are possible."""
    found = []
    for dialect in dialects:
        rows, unread = sample_rows(path, lines, dialect)
        widths = Counter(len(trimmed(fields)) for _, fields in rows)
        (width, _), *_ = widths.most_common(1) or [(1, 0)]
        names = [str(number) for number in range(1, max(width, 1) + 1)]
        layout = Layout(dialect, names, lines[0][0], 0.0)
        fits = sum(layout.fits(fields) for _, fields in rows)
        share = fits / max(len(rows) + unread, 1)
        found.append(layout._replace(share=share))
    able = [
        x
        for x in found
        if x.share == 1
        and x.most > 1
        and (not columns or positions(x.names, columns))
    ]
    # Blanks are also within fields.
    if any(sign in text for _, text in lines for sign in ANY.strip(" ")):
        able = [x for x in able if x.dialect.delimiter != " "]
    signs = list(dict.fromkeys(x.dialect.delimiter for x in able))
    if len(signs) > 1:
        shown = " or ".join(f"{sign!r}" for sign in signs)
        raise DataError(
            f"{path}: fields may be separated by {shown}; --delimiter says "
            "which"
        )
    return able[0] if able else max(found, key=lambda x: (x.most > 1, x.share))
