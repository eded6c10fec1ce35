"""`compare.py bench attention`: what looking at the source costs.

Made sentences of one length are learnt with each kind of attention by turns,
and then written: the likeliest symbol at a time, and by a beam.
"""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.analysis.statistics import quartiles
from comparisons.bench.synthetic import Made, parse_made, record_made
from comparisons.frameworks import DEFAULT
from comparisons.records.store import Record
from shared.specs import ATTENTIONS

SIZES = {
    "batch_size": (64, "sentences B"),
    "steps": (10, "symbols T of source and target"),
    "sources": (8000, "symbols of the source's vocabulary"),
    "targets": (12000, "symbols of the target's vocabulary"),
    "embedding_size": (128, "size E of an embedding"),
    "hidden_size": (256, "hidden units H"),
    "repeats": (12, "timed steps of each kind"),
    "beam": (5, "hypotheses beside the greedy search"),
    "threads": (0, "0: all cores"),
}


LEAST = {"threads": 0, "beam": 2, "sources": 5, "targets": 8}
TOOL = Made("attention", "translate", SIZES, LEAST, DEFAULT, ("gru",))


def main(arguments: list[str]) -> int:
    options = parse_made(TOOL, arguments)
    records = record_made(TOOL, options, arguments)
    console = Console(highlight=False)
    print_steps(records, console)
    print_searches(records, console)
    return 0


def print_steps(records: list[Record], console: Console) -> None:
    """One line per framework and cell: ms per step by kind, the ratios."""
    lines = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("cell", "framework"):
        lines.add_column(name)
    for kind in ATTENTIONS:
        lines.add_column(f"{kind}\nms/step", justify="right")
    for record in records:
        times = [quartiles(record["steps"][kind])[0] for kind in ATTENTIONS]
        lines.add_row(
            record["cell"],
            record["framework"],
            *(f"{1e3 * t:.1f}  {t / times[0]:.2f} x" for t in times),
        )
    console.print(lines)


def print_searches(records: list[Record], console: Console) -> None:
    """One line per framework and cell: sentences per second, the ratio.

    The models are trained with Bahdanau attention.
    """
    lines = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("cell", "framework"):
        lines.add_column(name)
    beam = f"beam {records[0]['sizes']['beam']}"
    for name in ("training", "greedy", beam):
        lines.add_column(f"{name}\nsentences/s", justify="right")
    lines.add_column(f"{beam}\nby greedy", justify="right")
    for record in records:
        found = {**record["searches"], "training": record["steps"]["bahdanau"]}
        count = record["sizes"]["batch_size"]
        training, greedy, wide = (
            quartiles(found[n])[0] for n in ("training", "greedy", "beam")
        )
        lines.add_row(
            record["cell"],
            record["framework"],
            *(f"{count / t:,.0f}" for t in (training, greedy, wide)),
            f"{wide / greedy:.2f} x",
        )
    console.print(lines)
