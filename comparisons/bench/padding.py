"""`compare.py bench lengths`: what reading variable lengths costs.

One two-way recurrent layer is trained on one padded batch, told of the
lengths and not told of them by turns. PyTorch reads padded sequences in two
ways, so that it has two rows more.
"""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.analysis.statistics import quartiles
from comparisons.bench.synthetic import Made, parse_made, record_made
from comparisons.records.record import BenchLengths
from shared.errors import SpecError

ROWS = ("pytorch", "pytorch-padded", "pytorch-packed", "keras", "jax")
SIZES = {
    "batch_size": (64, "sequences B"),
    "steps": (200, "steps T of the longest sequence"),
    "shortest": (50, "steps of the shortest"),
    "size": (100, "features D"),
    "hidden_size": (128, "hidden units H of each direction"),
    "repeats": (15, "timed steps of each kind"),
    "threads": (0, "0: all cores"),
}


TOOL = Made("lengths", "sine", SIZES, {"threads": 0}, ROWS, ("lstm",))


def main(arguments: list[str]) -> int:
    """Time a training step with and without lengths; print the ratios."""
    options = parse_made(TOOL, arguments)
    if options.shortest > options.steps:
        raise SpecError(
            f"shortest {options.shortest} is more than steps {options.steps}"
        )
    records = record_made(BenchLengths, TOOL, options, arguments)
    print_costs(records, Console(highlight=False))
    return 0


def print_costs(records: list[BenchLengths], console: Console) -> None:
    """A line for each framework and cell."""
    lines = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("cell", "framework"):
        lines.add_column(name)
    for name in ("without lengths, ms (IQR)", "with, ms (IQR)", "ratio"):
        lines.add_column(name, justify="right")
    for record in records:
        (told, wide), (plain, spread) = (
            quartiles([1e3 * s for s in times])
            for times in (record.with_lengths, record.without)
        )
        lines.add_row(
            record.cell,
            record.framework,
            f"{plain:.1f} ({spread:.1f})",
            f"{told:.1f} ({wide:.1f})",
            f"{told / plain:.2f}",
        )
    console.print(lines)
