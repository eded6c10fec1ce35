"""`compare.py bench padding`: what reading variable lengths costs.

One bidirectional layer is trained on one padded batch, with its lengths and
without them by turns. PyTorch is timed with packed sequences, too.
"""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.analysis.statistics import quartiles
from comparisons.arguments.bench_flags import PADDING_ROWS, PADDING_SIZES
from comparisons.bench.synthetic import Made, parse_made, record_made
from comparisons.records.store import Record
from shared.errors import SpecError

TOOL = Made("padding", "sine", PADDING_SIZES, PADDING_ROWS, ("lstm",))


def main(arguments: list[str]) -> int:
    """Time a training step with and without lengths; print the ratios."""
    options = parse_made(TOOL, arguments)
    if options.shortest > options.steps:
        raise SpecError(
            f"shortest {options.shortest} is more than steps {options.steps}"
        )
    records = record_made(TOOL, options, arguments)
    print_costs(records, Console(highlight=False))
    return 0


def print_costs(records: list[Record], console: Console) -> None:
    """A line for each framework, cell and way of reading lengths."""
    lines = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("cell", "framework", "lengths"):
        lines.add_column(name)
    for name in ("without lengths, ms (IQR)", "with, ms (IQR)", "ratio"):
        lines.add_column(name, justify="right")
    for record in records:
        plain, spread = quartiles([1e3 * s for s in record["without"]])
        for kind in ("with", "packed", "padded"):
            if kind not in record:
                continue
            told, wide = quartiles([1e3 * s for s in record[kind]])
            lines.add_row(
                record["cell"],
                record["framework"],
                "default" if kind == "with" else kind,
                f"{plain:.1f} ({spread:.1f})",
                f"{told:.1f} ({wide:.1f})",
                f"{told / plain:.2f}",
            )
    console.print(lines)
