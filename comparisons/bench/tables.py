"""The tables of `compare.py bench steps`."""

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.analysis.tables import terminal_table
from comparisons.bench.records import LIMIT, names_of, ratio
from comparisons.records.measurements import Bench, BenchRounds

GIGA = 1e9

RATE_NAMES = {"character": "chars/s", "word": "words/s"}
"""Kind of token -> the column of how many are read per second."""


def print_rates(records: list[BenchRounds], console: Console) -> None:
    """A language model: one line for each framework, cell and hidden size."""
    heads = ["framework", "cell", "hidden", "ms/step (IQR)"]
    heads += [RATE_NAMES[records[0].unit], "GFLOP/s", "matmul", "ratio (IQR)"]
    table, over = terminal_table(heads, (), "llr"), []
    for record in records:
        seconds, spread = quartiles(record.ours)
        middle, ratio_spread = ratio(record)
        table.add_row(
            *(*names_of(record), f"{record.hidden_size}"),
            f"{1e3 * seconds:.1f} ({1e3 * spread:.1f})",
            f"{record.tokens / seconds:,.0f}",
            f"{record.flops / seconds / GIGA:.1f}",
            f"{max(record.product_rates) / GIGA:.1f}",
            f"{middle:.3f} ({ratio_spread:.3f})",
        )
        if middle > LIMIT:
            name = f"{' '.join(names_of(record))}, hidden {record.hidden_size}"
            over.append(f"over {LIMIT}: {name}: {middle:.3f}")
    console.print(table)
    console.print(
        "GFLOP/s: matrix products of a step, from the closed form; "
        "matmul: one\nproduct of two large matrices; ratio: ours / a "
        f"minimal loop (limit {LIMIT})"
    )
    for line in over:
        console.print(line)


def print_ratios(records: list[Bench], console: Console) -> None:
    heads = ("framework", "cell", "hidden", "ms/step", "minimal")
    table = terminal_table((*heads, "ratio (IQR)", ""), (), "llr")
    for record in records:
        middle, spread = ratio(record)
        table.add_row(
            *(*names_of(record), f"{record.hidden_size}"),
            f"{1e3 * quartiles(record.ours)[0]:.3f}",
            f"{1e3 * quartiles(record.minimal)[0]:.3f}",
            f"{middle:.3f} ({spread:.3f})",
            "" if middle <= LIMIT else f"over {LIMIT}",
        )
    console.print(table)
