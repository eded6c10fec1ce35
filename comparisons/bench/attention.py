"""`compare.py bench attention`: the cost of attention and of beam search.

Synthetic sentences of one length are trained on with each kind of attention
in turn, then decoded greedily and by beam search.
"""

from __future__ import annotations

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.bench_flags import ATTENTION_SIZES
from comparisons.bench.records import names_of
from comparisons.bench.synthetic import Made, parse_made, record_made
from comparisons.frameworks import DEFAULT
from comparisons.records.measurements import BenchAttention
from shared.specs import ATTENTIONS

TOOL = Made("attention", "translate", ATTENTION_SIZES, DEFAULT, ("gru",))


def main(arguments: list[str]) -> int:
    options = parse_made(TOOL, arguments)
    records = record_made(BenchAttention, TOOL, options, arguments)
    console = make_console()
    print_steps(records, console)
    print_searches(records, console)
    return 0


def print_steps(records: list[BenchAttention], console: Console) -> None:
    """A line for each framework and cell: ms per step by kind, the ratios."""
    heads = [f"{kind}\nms/step" for kind in ATTENTIONS]
    rows = []
    for record in records:
        times = [quartiles(record.steps[kind])[0] for kind in ATTENTIONS]
        shown = (f"{1e3 * t:.1f}  {t / times[0]:.2f} x" for t in times)
        rows.append((*names_of(record), *shown))
    console.print(terminal_table(("framework", "cell", *heads), rows, "llr"))


def print_searches(records: list[BenchAttention], console: Console) -> None:
    """A line for each framework and cell: sentences per second, the ratio.

    The models are trained with Bahdanau attention.
    """
    beam = f"beam {records[0].sizes['beam']}"
    heads = [f"{name}\nsentences/s" for name in ("training", "greedy", beam)]
    heads.append(f"{beam}\n/ greedy")
    rows = []
    for record in records:
        found = {**record.searches, "training": record.steps["bahdanau"]}
        count = record.sizes["batch_size"]
        training, greedy, wide = (
            quartiles(found[n])[0] for n in ("training", "greedy", "beam")
        )
        rates = (f"{count / t:,.0f}" for t in (training, greedy, wide))
        rows.append((*names_of(record), *rates, f"{wide / greedy:.2f} x"))
    console.print(terminal_table(("framework", "cell", *heads), rows, "llr"))
