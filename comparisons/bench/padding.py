"""`compare.py bench padding`: the cost of sequences of variable length.

One bidirectional layer is trained on one padded batch, alternately with and
without the lengths. PyTorch is timed with packed sequences, too.
"""

from __future__ import annotations

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.bench_flags import PADDING_ROWS, PADDING_SIZES
from comparisons.bench.records import names_of
from comparisons.bench.synthetic import Made, parse_made, record_made
from comparisons.records.measurements import BenchPadding
from shared.errors import SpecError

TOOL = Made("padding", "sine", PADDING_SIZES, PADDING_ROWS, ("lstm",))


def main(arguments: list[str]) -> int:
    """Time a training step with and without lengths; print the ratios."""
    options = parse_made(TOOL, arguments)
    if options.shortest > options.steps:
        raise SpecError(
            f"shortest {options.shortest} is more than steps {options.steps}"
        )
    records = record_made(BenchPadding, TOOL, options, arguments)
    print_costs(records, make_console())
    return 0


def print_costs(records: list[BenchPadding], console: Console) -> None:
    """A line for each framework, cell and kind of step with lengths."""
    rows = []
    for record in records:
        plain, spread = quartiles([1e3 * s for s in record.without])
        kinds = {
            "default": record.with_lengths,
            "packed": record.packed,
            "padded": record.padded,
        }
        for kind, times in kinds.items():
            if not times:
                continue
            masked, wide = quartiles([1e3 * s for s in times])
            line = (
                f"{plain:.1f} ({spread:.1f})",
                f"{masked:.1f} ({wide:.1f})",
                f"{masked / plain:.2f}",
            )
            rows.append((*names_of(record), kind, *line))
    heads = (
        *("framework", "cell", "lengths", "without lengths, ms (IQR)"),
        *("with, ms (IQR)", "ratio"),
    )
    console.print(terminal_table(heads, rows, "lllr"))
