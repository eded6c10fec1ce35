"""Tables of predictions and of generated text."""

from collections.abc import Callable
from pathlib import Path

from comparisons.analysis.tables import markdown_table
from comparisons.bench.generation import bound_cells, figures
from comparisons.bench.latency.table import row_of
from comparisons.bench.records import names_of
from comparisons.site.speed.timings import records_of


def inference(root: Path, name: str) -> str:
    """Latency of one sequence and throughput of a batch, numpy in and out.

    Each with how many times as long it takes as the fastest row of its cell. Of
    several commands the last one's rows are shown.
    """
    records = records_of(root / name, "inference")
    records = [one for one in records if one.group == records[-1].group]
    batch = records[0].sizes["batch_size"]
    units: dict[str, Callable[[float], float]] = {
        "latency": lambda seconds: 1e3 * seconds,
        "throughput": lambda seconds: batch / seconds,
    }
    rows = []
    for one in records:
        shown = [
            row_of(kind, one, records, unit) for kind, unit in units.items()
        ]
        rows.append([*names_of(one), *(t for row in shown for t in row[1:3])])
    heads = ("framework", "cell", "B 1, ms", "times the fastest")
    more = (f"B {batch}, sequences/s", "times the fastest")
    return markdown_table([*heads, *more], rows, "llr")


def generation(root: Path, name: str) -> str:
    """Tokens per second, and the bounds that reading the weights sets.

    From memory, and from a cache: the bandwidth of an array of their size.
    """
    rows = []
    for one in records_of(root / name, "generation"):
        lengths = sorted({text.length for text in one.texts})
        many = max(text.batch for text in one.texts)
        size, single, speed, bound, ratio, *_, cached = bound_cells(one)
        rate = figures(one, many, lengths)[0]
        memory = (speed, bound, ratio)
        rows.append([*names_of(one), size, single, *memory, cached, rate])
    heads = ("framework", "cell", "weights, KB", "B 1, tokens/s")
    bounds = ("memory, GB/s", "bound, tokens/s", "bound / rate")
    more = ("the same of a cache", f"B {many}, tokens/s")
    return markdown_table([*heads, *bounds, *more], rows, "llr")


LATENCY = {"inference": inference, "generation": generation}
"""Kind of a marker -> the function that writes its table."""
