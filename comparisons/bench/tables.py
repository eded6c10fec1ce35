"""The table of `compare.py bench` for language models."""

from __future__ import annotations

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.analysis.tables import terminal_table
from comparisons.bench.records import LIMIT, names_of, ratio
from comparisons.records.measurements import Bench, BenchRounds

GIGA = 1e9

UNITS = {"character": "chars/s", "word": "words/s"}
"""Unit -> the heading of how many of them are read in a second."""


def print_rates(records: list[BenchRounds], console: Console) -> None:
    """One line for each framework, cell and hidden size."""
    unit = UNITS[records[0].unit]
    heads = ("framework", "cell", "hidden", "ms/step (IQR)", unit, "GFLOP/s")
    rows = [(*names_of(record), *figures(record)) for record in records]
    console.print(
        terminal_table((*heads, "matmul", "ratio (IQR)"), rows, "llr")
    )
    console.print(
        "GFLOP/s: matrix products of a step, from the closed form; "
        "matmul: one\nproduct of two large matrices; ratio: ours / a "
        f"minimal loop (limit {LIMIT})"
    )
    for record in records:
        middle, _ = ratio(record)
        if middle > LIMIT:
            row = " ".join(names_of(record))
            size = record.hidden_size
            console.print(f"over {LIMIT}: {row}, hidden {size}: {middle:.3f}")


def figures(record: BenchRounds) -> tuple[str, ...]:
    """Hidden size, ms per step, rates, and the ratio to a minimal loop."""
    (seconds, wide), (middle, spread) = (
        quartiles(record.ours),
        ratio(record),
    )
    return (
        str(record.hidden_size),
        f"{1e3 * seconds:.1f} ({1e3 * wide:.1f})",
        f"{record.symbols / seconds:,.0f}",
        f"{record.flops / seconds / GIGA:.1f}",
        f"{max(record.product_rates) / GIGA:.1f}",
        f"{middle:.3f} ({spread:.3f})",
    )


def print_ratios(records: list[Bench], console: Console) -> None:
    """One line for each framework and cell."""
    heads = ("framework", "cell", "hidden", "ours ms/step", "minimal ms/step")
    rows = []
    for record in records:
        middle, wide = ratio(record)
        line = (
            f"{record.hidden_size}",
            f"{1e3 * quartiles(record.ours)[0]:.3f}",
            f"{1e3 * quartiles(record.minimal)[0]:.3f}",
            f"{middle:.3f} ({wide:.3f})",
            "" if middle <= LIMIT else f"over {LIMIT}",
        )
        rows.append((*names_of(record), *line))
    console.print(terminal_table((*heads, "ratio (IQR)", ""), rows, "llr"))
