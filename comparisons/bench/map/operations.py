"""Where the time of a training step goes, by kind of operation."""

from collections.abc import Sequence
from itertools import chain

from rich.console import Console

from comparisons.analysis.tables import terminal_table
from comparisons.bench.map.table import SIZES, SYMBOLS
from comparisons.bench.records import names_of
from comparisons.records.measurements import BenchPaths


def operations_table(
    records: Sequence[BenchPaths],
) -> tuple[list[str], list[list[str]]]:
    """Headings, and a row for each traced path; none without traced paths.

    A row has the milliseconds of a traced step, and the share of each kind.
    Sizes that all rows have in common are left out.
    """
    traced = [one for one in records if one.operations]
    steps = [parts for one in traced for parts in one.operations.values()]
    known = dict.fromkeys(chain.from_iterable(steps))
    kinds = [kind for kind in known if any(parts[kind] for parts in steps)]
    sizes = [n for n in SIZES if len({one.sizes[n] for one in traced}) > 1]
    rows = [
        [
            *(*names_of(one), path),
            *(str(one.sizes[name]) for name in sizes),
            *shares(parts, kinds),
        ]
        for one in traced
        for path, parts in one.operations.items()
    ]
    symbols = [SYMBOLS.get(name, name) for name in sizes]
    heads = ["framework", "cell", "path", *symbols, "ms", *kinds]
    return heads, rows


def shares(parts: dict[str, float], kinds: Sequence[str]) -> list[str]:
    whole = sum(parts.values())
    found = [f"{parts[kind] / whole:.0%}" for kind in kinds]
    return [f"{1e3 * whole:.3g}", *found]


def print_operations(records: Sequence[BenchPaths], console: Console) -> None:
    heads, rows = operations_table(records)
    if rows:
        title = "A traced step by kind of operation"
        console.print(terminal_table(heads, rows, "lllr", title))
