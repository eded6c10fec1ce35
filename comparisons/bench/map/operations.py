"""Where the time of a training step goes, by kind of operation."""

from collections.abc import Sequence

from rich.console import Console

from comparisons.analysis.tables import terminal_table
from comparisons.bench.map.table import SIZES
from comparisons.bench.records import names_of
from comparisons.records.measurements import BenchPaths


def operations_table(
    records: Sequence[BenchPaths],
) -> tuple[list[str], list[list[str]]]:
    """Headings, and a row for each traced path; none without traced paths.

    A row has the milliseconds of a traced step, and the share of each kind.
    """
    traced = [one for one in records if one.operations]
    kinds = dict.fromkeys(
        kind
        for one in traced
        for parts in one.operations.values()
        for kind, seconds in parts.items()
        if seconds
    )
    rows = [
        [*names_of(one), path, *sizes_of(one), *shares(parts, list(kinds))]
        for one in traced
        for path, parts in one.operations.items()
    ]
    sizes = ("H", "T", "B", "threads")
    heads = ["framework", "cell", "path", *sizes, "ms", *kinds]
    return heads, rows


def sizes_of(one: BenchPaths) -> list[str]:
    return [str(one.sizes[name]) for name in SIZES]


def shares(parts: dict[str, float], kinds: Sequence[str]) -> list[str]:
    whole = sum(parts.values())
    found = [f"{parts[kind] / whole:.0%}" for kind in kinds]
    return [f"{1e3 * whole:.3g}", *found]


def print_operations(records: Sequence[BenchPaths], console: Console) -> None:
    heads, rows = operations_table(records)
    if rows:
        title = "A traced step by kind of operation"
        console.print(terminal_table(heads, rows, "lllr", title))
