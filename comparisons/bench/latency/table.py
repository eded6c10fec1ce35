"""The tables of `compare.py bench inference`."""

import math
from collections.abc import Callable, Sequence
from statistics import median

from rich.console import Console

from comparisons.analysis.tables import terminal_table
from comparisons.bench.latency.rows import KINDS
from comparisons.bench.map.table import Ratio, middle, ratio_of, ratio_text
from comparisons.records.measurements import BenchInference
from shared.exhibits.names import row_name

LIMIT = 1e-4
"""Largest relative deviation of outputs in float32 that is no error."""


def print_inference(
    records: Sequence[BenchInference], console: Console
) -> None:
    """A table of the latency and one of the throughput, then all errors."""
    sizes = records[0].sizes
    batch = sizes["batch_size"]
    heads: dict[str, tuple[str, Callable[[float], float], str]] = {
        "latency": (
            f"Latency: B 1, T {sizes['single_steps']}",
            lambda seconds: 1e3 * seconds,
            "ms (95 %)",
        ),
        "throughput": (
            f"Throughput: B {batch}, T {sizes['steps']}",
            lambda seconds: batch / seconds,
            "sequences/s (95 %)",
        ),
    }
    for kind, (title, shown, unit) in heads.items():
        columns = ("", unit, "times the fastest", "deviation")
        rows = [row_of(kind, one, records, shown) for one in records]
        console.print(terminal_table(columns, rows, "lr", title))
    console.print(
        "numpy in and out; times the fastest: of the same cell, by round"
    )
    for line in errors(records):
        console.print(line)


def row_of(
    kind: str,
    one: BenchInference,
    records: Sequence[BenchInference],
    shown: Callable[[float], float],
) -> tuple[str, ...]:
    value = middle([shown(seconds) for seconds in by_round(one, kind)])
    return (
        row_name(one.framework, one.cell),
        interval_text(value),
        ratio_text(times_fastest(kind, one, records)) or "fastest",
        f"{one.deviations[kind]:.0e}",
    )


def interval_text(value: Ratio) -> str:
    """Three significant digits of the median, and as many decimals of all."""
    decimals = max(0, 2 - math.floor(math.log10(value.value)))
    shown, low, high = (f"{number:,.{decimals}f}" for number in value)
    return f"{shown} ({low}–{high})"


def by_round(one: BenchInference, kind: str) -> list[float]:
    """The median seconds of a call in each round."""
    return [median(calls) for calls in getattr(one, kind)]


def times_fastest(
    kind: str, one: BenchInference, records: Sequence[BenchInference]
) -> Ratio | None:
    """How many times as long as the fastest row of its cell; None of that."""
    own = [other for other in records if other.cell == one.cell]
    fastest = min(own, key=lambda other: median(by_round(other, kind)))
    if fastest is one:
        return None
    return ratio_of(by_round(one, kind), by_round(fastest, kind))


def errors(records: Sequence[BenchInference]) -> list[str]:
    """A line for each row whose outputs are not those of the reference."""
    return [
        f"error: {row_name(one.framework, one.cell)}, {kind}: outputs deviate "
        f"by {one.deviations[kind]:.0e} from the reference (limit {LIMIT:.0e})"
        for one in records
        for kind in KINDS
        if not one.deviations[kind] <= LIMIT
    ]
