"""The table of `compare.py bench` for language models."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.analysis.statistics import quartiles
from comparisons.bench.records import LIMIT, ratio
from comparisons.records.store import Record

GIGA = 1e9

UNITS = {"character": "chars/s", "word": "words/s"}
"""Unit -> the heading of how many of them are read in a second."""


def print_rates(records: list[Record], console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("framework", "cell"):
        table.add_column(name)
    unit = UNITS[records[0]["unit"]]
    for name in ("H", "ms/step (IQR)", unit, "GFLOP/s", "matmul"):
        table.add_column(name, justify="right")
    table.add_column("ratio (IQR)", justify="right")
    for record in records:
        table.add_row(record["framework"], record["cell"], *figures(record))
    console.print(table)
    console.print(
        "GFLOP/s: of the products of a step, from the closed form; matmul: "
        "of one\nproduct of two large matrices; ratio: ours / a minimal loop "
        f"(limit {LIMIT})"
    )
    for record in records:
        middle, _ = ratio(record)
        if middle > LIMIT:
            row = f"{record['framework']} {record['cell']}"
            size = record["hidden_size"]
            console.print(f"over {LIMIT}: {row}, H {size}: {middle:.3f}")


def figures(record: Record) -> tuple[str, ...]:
    (seconds, wide), (middle, spread) = (
        quartiles(record["ours"]),
        ratio(record),
    )
    return (
        str(record["hidden_size"]),
        f"{1e3 * seconds:.1f} ({1e3 * wide:.1f})",
        f"{record['symbols'] / seconds:,.0f}",
        f"{record['flops'] / seconds / GIGA:.1f}",
        f"{max(record['product_rates']) / GIGA:.1f}",
        f"{middle:.3f} ({spread:.3f})",
    )


def print_ratios(records: list[Record], console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("framework", "cell"):
        table.add_column(name)
    for name in ("H", "ours ms/step", "minimal ms/step", "ratio (IQR)", ""):
        table.add_column(name, justify="right")
    for record in records:
        middle, wide = ratio(record)
        table.add_row(
            record["framework"],
            record["cell"],
            f"{record['hidden_size']}",
            f"{1e3 * quartiles(record['ours'])[0]:.3f}",
            f"{1e3 * quartiles(record['minimal'])[0]:.3f}",
            f"{middle:.3f} ({wide:.3f})",
            "" if middle <= LIMIT else f"over {LIMIT}",
        )
    console.print(table)
