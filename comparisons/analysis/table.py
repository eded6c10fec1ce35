"""The table in the terminal and in Markdown, from the same columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.analysis.context import lines_beside
from comparisons.analysis.statistics import number, score_form
from comparisons.analysis.summary import Row, Summary

Cell = Callable[[Row], str]


def columns(summary: Summary) -> dict[str, Cell]:
    """Heading -> what a row shows below it."""

    def metric(row: Row) -> str:
        if row.status != "ok" and not row.seeds:
            return str(row.status)
        mark = summary.marks[row.place] or " "
        form = score_form(row.metric_mean)
        text = number(row.metric_mean, form)
        wide = number(row.metric_sd, form)
        return f"{text} ± {wide} {mark}"

    def step(row: Row) -> str:
        middle = number(row.step_ms_median, ".2f")
        return f"{middle} ({number(row.step_ms_iqr, '.2f')})"

    return {
        "framework": lambda row: row.framework,
        "cell": lambda row: row.cell,
        "H": lambda row: number(row.hidden_size, "d"),
        "parameters": lambda row: number(row.parameters, ",d"),
        summary.task.metric: metric,
        "baseline": lambda row: number(row.baseline, ".4f"),
        "train s": lambda row: number(row.train_seconds, ".2f"),
        "ms/step (IQR)": step,
        "seq/s": lambda row: number(row.samples_per_second, ",.0f"),
        "compile s": lambda row: number(row.compile_seconds, ".2f"),
        "infer ms": lambda row: number(row.inference_ms, ".2f"),
        "MB": lambda row: number(row.peak_memory_mb, ",.0f"),
    }


ACCURACY = 6
"""Columns before the ones on speed; the first two name the row."""

WIDE = 120
"""Columns of a terminal that shows the table in one piece."""

EDGES, GAP = 1, 2
"""Columns left of a table, and between its columns."""


def print_table(summary: Summary, console: Console) -> None:
    """Print the table, in parts where the terminal is narrow."""
    cells = columns(summary)
    shown = {
        name: [cell(row) for row in summary.rows]
        for name, cell in cells.items()
    }
    for part in parts_of(shown, console.width):
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
        for place, name in enumerate(part):
            justify = "left" if place < 2 else "right"
            table.add_column(name, justify=justify, no_wrap=True)  # type: ignore[arg-type]
        for row in zip(*(shown[name] for name in part), strict=True):
            table.add_row(*row)
        console.print(table)


def parts_of(shown: dict[str, list[str]], width: int) -> list[list[str]]:
    """Which columns stand together: all, or those that fit this width.

    What is of speed begins a part of its own; each begins with the names.
    """
    names = list(shown)
    if width >= WIDE:
        return [names]
    sizes = {n: GAP + max(map(len, [n, *shown[n]])) for n in names}
    parts: list[list[str]] = []
    for group in (names[2:ACCURACY], names[ACCURACY:]):
        parts.append(names[:2])
        for name in group:
            taken = sum(sizes[n] for n in parts[-1])
            if taken + sizes[name] > width - EDGES and len(parts[-1]) > 2:
                parts.append(names[:2])
            parts[-1] = [*parts[-1], name]
    return parts


def markdown_table(summary: Summary) -> str:
    """The whole table in Markdown."""
    cells = columns(summary)
    rows = [[cell(row) for cell in cells.values()] for row in summary.rows]
    return markdown(list(cells), rows, 2)


def markdown(
    heads: Sequence[str], rows: Sequence[Sequence[str]], names: int
) -> str:
    """A table in Markdown whose first columns are names, then numbers."""
    rule = [*["---"] * names, *["---:"] * (len(heads) - names)]
    lines = [heads, rule, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def notes(summary: Summary) -> Iterator[str]:
    """What stands below the table: floor, baselines, proof, legend."""
    metric, better = summary.task.metric, summary.task.better
    yield (
        f"{metric}: mean ± sd over seeds on the test part, {better} is "
        "better; * best, ~ no test tells it from the best."
    )
    known = {
        name: sum(values.values()) / len(values)
        for name, values in summary.baselines.items()
    }
    floor = "" if math.isnan(summary.floor) else f"{summary.floor:.4f}"
    shown = [f"noise floor {floor}"] if floor else []
    shown += [f"{n} {v:{score_form(v)}}" for n, v in known.items()]
    if shown:
        yield f"Beside it: {', '.join(shown)}."
    yield from lines_beside(summary)
    yield equivalence_line(summary)
    for row in summary.rows:
        if row.status != "ok":
            yield problem(summary, row)
    yield from failed_checks(summary)


def equivalence_line(summary: Summary) -> str:
    """The largest deviation of each short gate, over all rows."""
    gates: dict[str, float] = {}
    for record in summary.equivalence:
        for one in record.deviations:
            if one.limit:
                largest = max(gates.get(one.check, 0.0), one.measured)
                gates[one.check] = largest
    if not gates:
        return "equivalence: not shown (it needs --init matched)"
    words = {"trajectory": "20 steps"}
    shown = ", ".join(
        f"{words.get(gate, gate)} {value:.0e}" for gate, value in gates.items()
    )
    found = list(unproved(summary))
    bad = f"; NOT PROVED: {', '.join(found)}" if found else ""
    return f"equivalence: {shown}{bad}"


def unproved(summary: Summary) -> Iterator[str]:
    """Rows with a gate over its limit, or whose gates did not run."""
    for record in summary.equivalence:
        name = " ".join(record.row)
        if record.status != "ok":
            yield name
        for one in record.deviations:
            if not one.holds:
                yield f"{name} {one.check}"


def problem(summary: Summary, row: Row) -> str:
    """What went wrong in a row, with the last error."""
    runs = [
        run
        for run in summary.records
        if run.row == row.place and run.status != "ok"
    ]
    last = runs[-1]
    seeds = ", ".join(str(run.seed) for run in runs)
    return f"{row.name}, seed {seeds}: {last.status}: {last.error}"


def failed_checks(summary: Summary) -> Iterator[str]:
    """Self-checks of runs that did not hold."""
    for run in summary.finished:
        failed = [name for name, holds in run.checks.items() if not holds]
        if failed:
            yield (
                f"check: {' '.join(run.row)} seed {run.seed}: "
                f"does not hold: {', '.join(failed)}"
            )
