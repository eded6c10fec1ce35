"""`compare.py bench padding`: the cost of sequences of variable length.

One bidirectional layer is trained on one padded batch, alternately with and
without the lengths, and with gradients by hand. PyTorch is timed with packed
sequences, too.
"""

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.command_line import parse
from comparisons.arguments.flags.bench import PADDING_SIZES
from comparisons.bench.pytest_json import check_json, write_json
from comparisons.bench.records import names_of, record_synthetic
from comparisons.records.measurements import BenchPadding
from comparisons.worker.timing.padding import padding_spec
from shared.errors import SpecError


def main(arguments: list[str]) -> int:
    """Time a training step with and without lengths; print the ratios."""
    options = parse("bench padding", arguments)
    check_json(options.json)
    if options.shortest > options.steps:
        raise SpecError(
            f"shortest {options.shortest} is more than steps {options.steps}"
        )
    records = record_synthetic(
        *("padding", "sine", "lstm"),
        PADDING_SIZES,
        options,
        arguments,
        padding_spec,
    )
    print_costs(records, make_console())
    write_json(options.json, records)
    return 0


def print_costs(records: list[BenchPadding], console: Console) -> None:
    """A line for each framework, cell and kind of step with lengths."""
    heads = ["framework", "cell", "lengths", "without lengths, ms (IQR)"]
    heads += ["with, ms (IQR)", "ratio"]
    table = terminal_table(heads, (), "lllr")
    for record in records:
        plain, spread = quartiles([1e3 * s for s in record.without])
        for kind, times in (
            ("default", record.with_lengths),
            ("packed", record.packed),
            ("padded", record.padded),
            ("by hand", record.by_hand),
        ):
            if times:
                masked, masked_spread = quartiles([1e3 * s for s in times])
                table.add_row(
                    *(*names_of(record), kind, f"{plain:.1f} ({spread:.1f})"),
                    f"{masked:.1f} ({masked_spread:.1f})",
                    f"{masked / plain:.2f}",
                )
    console.print(table)
