"""A definition's statements side by side, and why they differ."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from comparisons.reader.line_idioms import idioms_of
from comparisons.reader.rows.alignment import Statement, align_all, similarity
from comparisons.reader.rows.marks import Line, Unit, differing_words, own_words
from comparisons.reader.rows.marks import tokens as tokens_of
from comparisons.reader.rows.reasons import Reason, reasons
from comparisons.reader.rows.statements import statement_starts
from comparisons.reader.source import PACKAGES


class AlignedRow(NamedTuple):
    """Corresponding statements by package, or a passage without counterpart.

    known: why they differ, the most specific reason first.
    """

    units: dict[str, Unit]
    same: bool
    known: tuple[Reason, ...]


Columns = tuple[tuple[str, tuple[Line, ...]], ...]
"""The lines of a definition by package."""


@cache
def align_rows(
    lines: Columns, whole: tuple[str, ...], file: str, name: str
) -> list[AlignedRow]:
    """The statements of a definition, in as many packages as have it.

    whole: the text of each package's file. Most views share most definitions,
        so that what is aligned once is kept.
    """
    columns = dict(lines)
    texts = dict(zip(columns, whole))
    split = {p: _units(lines, texts[p]) for p, lines in columns.items()}
    order = sorted(split, key=ORDER.index)
    compared = [
        [_statement(p, unit, texts[p]) for unit in split[p]] for p in order
    ]
    pairs = [
        {p: split[p][n] for p, n in zip(order, places) if n is not None}
        for places in align_all(compared, similarity)
    ]
    if len(columns) == 1:
        return [AlignedRow(units, True, ()) for units in pairs]
    found = []
    for units, paired in _passages(pairs):
        mark = differing_words if paired else own_words
        marked, equal = mark(units, columns, texts)
        same = equal and len(units) == len(columns)
        code = any(tokens_of(unit, texts[p]) for p, unit in units.items())
        known = reasons(units, paired, file, name) if code and not same else ()
        found.append(AlignedRow(marked, same, known))
    return found


ORDER = ("pytorch_impl", "jax_impl", "keras_impl")
"""PyTorch and JAX are aligned first: their statements are the most alike."""


def _passages(
    rows: Iterable[dict[str, Unit]],
) -> Iterator[tuple[dict[str, Unit], bool]]:
    """The rows, and whether they are pairs.

    Statements without a counterpart that follow each other are one passage.
    """
    for paired, group in groupby(rows, key=lambda row: len(row) > 1):
        if paired:
            for row in group:
                yield {p: row[p] for p in PACKAGES if p in row}, True
            continue
        passage: dict[str, tuple[Line, ...]] = {}
        for package, unit in (item for row in group for item in row.items()):
            passage[package] = (*passage.get(package, ()), *unit.lines)
        yield {p: Unit(passage[p]) for p in PACKAGES if p in passage}, False


def _units(lines: Sequence[Line], text: str) -> list[Unit]:
    starts = statement_starts(text)
    grouped: dict[int, list[Line]] = {}
    for line in lines:
        if line.text.strip():
            start = starts.get(line.number, line.number)
            grouped.setdefault(start, []).append(line)
    return [Unit(tuple(found)) for found in grouped.values()]


def _statement(package: str, unit: Unit, text: str) -> Statement:
    words = tuple(token.text for token in tokens_of(unit, text))
    comment = unit.lines[0].text.strip().startswith(("#", '"""'))
    if not words:
        words = tuple(unit.text.split())
    return Statement(words, idioms_of(package, unit.text), comment)
