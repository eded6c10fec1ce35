"""`compare.py bench lengths`: the cost of sequences of variable length.

One bidirectional layer is trained on one padded batch, alternately with and
without the lengths. PyTorch reads padded sequences in two ways and has two
rows more.
"""

from __future__ import annotations

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.analysis.tables import make_console, terminal_table
from comparisons.bench.records import names_of
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
    print_costs(records, make_console())
    return 0


def print_costs(records: list[BenchLengths], console: Console) -> None:
    """A line for each framework and cell."""
    rows = []
    for record in records:
        (masked, wide), (plain, spread) = (
            quartiles([1e3 * s for s in times])
            for times in (record.with_lengths, record.without)
        )
        line = (
            f"{plain:.1f} ({spread:.1f})",
            f"{masked:.1f} ({wide:.1f})",
            f"{masked / plain:.2f}",
        )
        rows.append((*names_of(record), *line))
    heads = (
        *("framework", "cell", "without lengths, ms (IQR)"),
        *("with, ms (IQR)", "ratio"),
    )
    console.print(terminal_table(heads, rows, "llr"))
