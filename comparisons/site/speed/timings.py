"""Tables of the benchmarks of attention, beam search, padding, and paths."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from comparisons.analysis.tables import markdown_table
from comparisons.bench.map.table import path_times, ratio_text
from comparisons.bench.records import names_of
from comparisons.records.store import read_records

KINDS = {
    "none": "none",
    "bahdanau": "Bahdanau",
    "luong-dot": "Luong, dot",
    "luong-general": "Luong, general",
}
"""Attention -> the heading of its column."""

PADDING = {
    "with_lengths": "lengths, default",
    "padded": "lengths, padded",
    "packed": "lengths, packed",
    "by_hand": "lengths, by hand",
}
"""Times of a record -> the heading of their column."""


def attention(root: Path, name: str) -> str:
    """A row for each framework and cell: ms per step by kind of attention.

    In parentheses how many times as long as without attention.
    """
    rows = []
    for record in records_of(root / name, "attention"):
        times = [record.steps[kind] for kind in KINDS]
        rows.append([*names_of(record), *compared(times)])
    heads = [f"{kind}, ms" for kind in KINDS.values()]
    return markdown_table(["framework", "cell", *heads], rows, "llr")


def searches(root: Path, name: str) -> str:
    """A row for each framework and cell: ms to decode a batch of sentences."""
    rows, beam = [], 0
    for record in records_of(root / name, "attention"):
        times = [record.searches[kind] for kind in ("greedy", "beam")]
        rows.append([*names_of(record), *compared(times)])
        beam = record.sizes["beam"]
    heads = ["framework", "cell", "greedy, ms", f"beam of {beam}, ms"]
    return markdown_table(heads, rows, "llr")


def padding(root: Path, name: str) -> str:
    """A row for each framework and cell: ms per step with lengths, without.

    In parentheses how many times as long as without lengths.
    """
    rows = []
    for record in records_of(root / name, "padding"):
        times = [record.without, *(getattr(record, kind) for kind in PADDING)]
        rows.append([*names_of(record), *compared(times)])
    heads = ["framework", "cell", "no lengths, ms", *PADDING.values()]
    return markdown_table(heads, rows, "llr")


def by_hand(root: Path, name: str) -> str:
    """A row for each framework, cell, and number of threads: ratios by H.

    Those of the time of `bptt` to that of native layers, with intervals.
    """
    found = [
        one
        for one in path_times(records_of(root / name, "paths"))
        if one.path == "bptt"
    ]
    rows: dict[tuple[str, ...], list[str]] = {}
    for one in found:
        threads = f"{one.record.sizes['threads']}"
        row = rows.setdefault((*names_of(one.record), threads), [])
        row.append(ratio_text(one.ratio) + "*" * one.record.disturbed)
    sizes = dict.fromkeys(one.record.sizes["hidden_size"] for one in found)
    heads = ["framework", "cell", "threads", *(f"H {size}" for size in sizes)]
    return markdown_table(heads, [[*k, *v] for k, v in rows.items()], "llr")


def records_of(path: Path, kind: str) -> list[Any]:
    return [one for one in read_records(path) if one.kind == kind]


def compared(times: Sequence[Sequence[float]]) -> list[str]:
    """Median ms of each kind, and its ratio to the first; "" without times."""
    base = median(times[0])
    shown = [f"{1e3 * base:.1f}"]
    for one in times[1:]:
        middle = median(one) if one else 0.0
        shown.append(f"{1e3 * middle:.1f} ({middle / base:.2f})" * bool(one))
    return shown


TIMINGS = {
    "attention": attention,
    "searches": searches,
    "padding": padding,
    "by-hand": by_hand,
}
"""Kind of a marker -> the function that writes its table."""
