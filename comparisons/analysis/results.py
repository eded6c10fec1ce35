"""The results table: its columns, and it in the terminal and in Markdown."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from rich.console import Console

from comparisons.analysis.effects.marks import marks
from comparisons.analysis.rows import Row
from comparisons.analysis.speed.disturbances import disturbances
from comparisons.analysis.summary import Summary
from comparisons.analysis.tables import (
    in_markdown,
    markdown_table,
    number,
    terminal_table,
)
from comparisons.arguments.flags.bench import REPORT_COLUMNS
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)

ALIGN = "llr"

NAMES = REPORT_COLUMNS
"""Name of each column, in their order; most are also in `results.csv`."""

LOADED = "!"
"""Mark of times that were measured under load."""

ACCURACY = 6
"""Columns before the ones on speed; the first two name the row."""

EDGES, GAP = 1, 2
"""Columns left of a table, and between its columns."""


def columns(summary: Summary) -> dict[str, Callable[[Row], str]]:
    """Heading -> the text of a row's cell."""
    metric = summary.task.metric
    loaded = disturbances(summary)

    def score(row: Row) -> str:
        if row.status != "ok" and not row.seeds:
            return str(row.status)
        mark = marks(summary).get(row.place) or " "
        text = score_text(metric, row.metric_mean, row.metric_std)
        return f"{text} {mark}"

    def step(row: Row) -> str:
        wide = number(row.step_ms_iqr, ".2f")
        text = number(row.step_ms_median, ".2f")
        text = text if wide == "-" else f"{text} ({wide})"
        return f"{text} {LOADED}" if row.place in loaded else text

    several = {"machine": lambda row: row.machine or "-"}
    gpu = {"GPU MB": lambda row: number(row.device_memory_mb, ",.0f")}
    known = any(row.device_memory_mb > 0 for row in summary.rows)
    return {
        "framework": lambda row: framework_name(row.framework),
        "cell": lambda row: cell_name(row.cell),
        "hidden": lambda row: number(row.hidden_size, "d"),
        "parameters": lambda row: number(row.parameters, ",d"),
        metric_name(metric): score,
        "best baseline": lambda row: score_text(metric, row.best_baseline),
        "train s": lambda row: number(row.train_seconds, ".2f"),
        "ms/step (IQR)": step,
        "seqs/s": lambda row: number(row.seqs_per_second, ",.0f"),
        "compile s": lambda row: number(row.compile_seconds, ".2f"),
        "latency ms (B=1)": lambda row: number(row.latency_ms, ".2f"),
        "peak MB": lambda row: number(row.peak_memory_mb, ",.0f"),
        **(gpu if known else {}),
        **(several if len(summary.machines) > 1 else {}),
    }


def texts(summary: Summary) -> pd.DataFrame:
    shown = columns(summary)
    rows = [[text(row) for text in shown.values()] for row in summary.rows]
    return pd.DataFrame(rows, columns=list(shown))


def print_results(summary: Summary, console: Console) -> None:
    """Print the table, in parts where the terminal is narrow."""
    shown = texts(summary)
    for part in parts_of(shown, console.width):
        lines = shown[part].to_numpy().tolist()
        table = terminal_table(list(map(folded, part)), lines, ALIGN)
        for line, row in zip(table.rows, summary.rows, strict=True):
            line.style = style_of(row.status, marks(summary).get(row.place, ""))
        console.print(table)


def style_of(status: str, mark: str) -> str:
    """The color of a row: the best and what failed are seen first.

    rich leaves colors out of pipes and where NO_COLOR is set.
    """
    if status != "ok":
        return "red"
    return "bold green" if mark == "*" else ""


def folded(heading: str) -> str:
    """A heading in two lines, its unit below."""
    return "\n".join(heading.rsplit(" ", 1))


def parts_of(shown: Any, width: int) -> list[list[str]]:
    """The columns of each part: all, or as many as fit this width.

    Speed begins a part of its own; each part begins with the row's name.
    """
    names = list(shown)
    sizes = {
        name: GAP + max(map(len, [*folded(name).split("\n"), *shown[name]]))
        for name in names
    }
    if width >= EDGES + sum(sizes.values()):
        return [names]
    parts: list[list[str]] = []
    for group in (names[2:ACCURACY], names[ACCURACY:]):
        parts.append(names[:2])
        for name in group:
            taken = sum(sizes[n] for n in parts[-1])
            if taken + sizes[name] > width - EDGES and len(parts[-1]) > 2:
                parts.append(names[:2])
            parts[-1] = [*parts[-1], name]
    return parts


def results_markdown(summary: Summary) -> str:
    shown = texts(summary)
    rows = [
        [in_markdown(text.rstrip()) for text in row] for row in shown.to_numpy()
    ]
    return markdown_table(list(shown), rows, ALIGN)
