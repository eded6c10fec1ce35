"""`compare.py bench attention`: the cost of attention and of beam search.

Synthetic sentences of one length are trained on with each kind of attention
in turn, then decoded greedily and by beam search.
"""

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.command_line import parse
from comparisons.arguments.flags.bench import ATTENTION_SIZES
from comparisons.bench.pytest_json import check_json, write_json
from comparisons.bench.records import names_of, record_synthetic
from comparisons.records.measurements import BenchAttention
from comparisons.worker.timing.attention import attention_spec
from shared.specs import ATTENTIONS


def main(arguments: list[str]) -> int:
    options = parse("bench attention", arguments)
    check_json(options.json)
    records = record_synthetic(
        *("attention", "translate", "gru"),
        ATTENTION_SIZES,
        options,
        arguments,
        attention_spec,
    )
    console = make_console()
    print_steps(records, console)
    print_searches(records, console)
    write_json(options.json, records)
    return 0


def print_steps(records: list[BenchAttention], console: Console) -> None:
    """A line for each framework and cell: ms per step by kind, the ratios."""
    heads = [f"{kind}\nms/step" for kind in ATTENTIONS]
    table = terminal_table(("framework", "cell", *heads), (), "llr")
    for record in records:
        times = [quartiles(record.steps[kind])[0] for kind in ATTENTIONS]
        cells = (f"{1e3 * t:.1f}  {t / times[0]:.2f} x" for t in times)
        table.add_row(*names_of(record), *cells)
    console.print(table)


def print_searches(records: list[BenchAttention], console: Console) -> None:
    """A line for each framework and cell: sentences per second, the ratio.

    The models are trained with Bahdanau attention.
    """
    beam = f"beam {records[0].sizes['beam']}"
    heads = [f"{name}\nsentences/s" for name in ("training", "greedy", beam)]
    heads = ["framework", "cell", *heads, f"{beam}\n/ greedy"]
    table = terminal_table(heads, (), "llr")
    for record in records:
        training, searches = record.steps["bahdanau"], record.searches
        seconds = (training, searches["greedy"], searches["beam"])
        times = [quartiles(values)[0] for values in seconds]
        rates = (f"{record.sizes['batch_size'] / t:,.0f}" for t in times)
        ratio = f"{times[2] / times[1]:.2f} x"
        table.add_row(*names_of(record), *rates, ratio)
    console.print(table)
