"""Tables of the map of paths: which one to take, what it leaves, how it grows.

A path is one way that a framework has to compute the same layer.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from comparisons.analysis.tables import markdown_table
from comparisons.bench.map.draw import draw_map
from comparisons.bench.map.operations import operations_table
from comparisons.bench.map.table import (
    SYMBOLS,
    PathTime,
    exponents,
    path_times,
    ratio_text,
)
from comparisons.bench.records import names_of
from comparisons.frameworks.paths import PATHS as PATHS_OF
from comparisons.site.speed.timings import records_of
from shared.exhibits.names import cell_name, framework_name

Key = tuple[str, ...]
RAGGED = {
    name
    for own in PATHS_OF.values()
    for name, path in own.items()
    if path.packing
}
"""Paths of sequences of different lengths, which do other work."""


def chosen(root: Path, name: str, mode: str, threads: str) -> list[PathTime]:
    records = [
        one
        for one in records_of(root / name, "paths")
        if (one.mode, one.sizes["threads"]) == (mode, int(threads))
    ]
    return [one for one in path_times(records) if one.path not in RAGGED]


def size_of(one: PathTime) -> str:
    sizes = one.record.sizes
    return f"H {sizes['hidden_size']}, T {sizes['steps']}"


def grid(
    found: Sequence[PathTime],
    key: Callable[[PathTime], Key],
    text: Callable[[PathTime], str],
    heads: Sequence[str],
) -> str:
    """The fastest path of each key in a row, by H and T."""
    best: dict[tuple[Key, str], PathTime] = {}
    for one in found:
        place = key(one), size_of(one)
        if place not in best or one.seconds < best[place].seconds:
            best[place] = one
    rows = dict.fromkeys(row for row, _ in best)
    columns = dict.fromkeys(column for _, column in best)
    cells = (
        [*row, *(shown(text, best.get((row, c))) for c in columns)]
        for row in rows
    )
    return markdown_table([*heads, *columns], cells, "l")


def shown(text: Callable[[PathTime], str], one: PathTime | None) -> str:
    return "" if one is None else text(one) + "*" * one.record.disturbed


def fastest(root: Path, name: str, mode: str, threads: str) -> str:
    """Of each framework, cell, and batch the fastest path, by H and T.

    Behind it the ratio of its time to that of the first path of the framework.
    """

    def key(one: PathTime) -> Key:
        batch = one.record.sizes["batch_size"]
        return (*names_of(one.record), str(batch))

    def text(one: PathTime) -> str:
        return f"{one.path} {ratio_text(one.ratio)}".rstrip()

    found = chosen(root, name, mode, threads)
    return grid(found, key, text, ("framework", "cell", "B"))


def left(root: Path, name: str, mode: str, threads: str) -> str:
    """Of each cell and batch the products' share of the fastest row."""

    def key(one: PathTime) -> Key:
        record = one.record
        return cell_name(record.cell), str(record.sizes["batch_size"])

    def text(one: PathTime) -> str:
        return f"{one.share:.0%}, {framework_name(one.record.framework)}"

    found = chosen(root, name, mode, threads)
    return grid(found, key, text, ("cell", "B"))


def growth(root: Path, name: str, mode: str) -> str:
    """The exponents of the time over H, T, and B of each path, by cell."""
    found = [
        one
        for one in path_times(records_of(root / name, "paths"))
        if one.record.mode == mode
    ]
    rows: dict[Key, dict[str, str]] = {}
    for line in dict.fromkeys(one.line for one in found):
        own = [one for one in found if one.line == line]
        framework, cell = names_of(own[0].record)
        fitted = exponents(own)
        texts = (f"{fitted[s]:.2f}" for s in SYMBOLS.values() if s in fitted)
        rows.setdefault((framework, line[1]), {})[cell] = ", ".join(texts)
    cells = dict.fromkeys(cell for row in rows.values() for cell in row)
    return markdown_table(
        ["framework", "path", *cells],
        ([*row, *(own.get(c, "") for c in cells)] for row, own in rows.items()),
        "l",
    )


def draw_maps(root: Path, name: str) -> None:
    """A heat map of each framework, as `paths-FRAMEWORK.png` of the page."""
    records = records_of(root / name, "paths")
    for framework in dict.fromkeys(one.framework for one in records):
        own = [one for one in records if one.framework == framework]
        draw_map(own, root / "docs" / f"paths-{framework}.png")


def operations(root: Path, name: str) -> str:
    """Where the time of a training step goes, a row for each traced path."""
    heads, rows = operations_table(records_of(root / name, "paths"))
    return markdown_table(heads, rows, "lllr")


PATHS = {
    "fastest_paths": fastest,
    "paths_left": left,
    "paths_growth": growth,
    "operations": operations,
}
"""Kind of a marker -> the function that writes its table."""
