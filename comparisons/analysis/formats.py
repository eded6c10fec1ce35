"""The table of a comparison in the formats that others read.

All are made of `Summary.rows`: CSV and Parquet hold each column as it is
measured, Markdown and LaTeX what the terminal shows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from comparisons.analysis.summary import COLUMNS, Row, Summary
from comparisons.analysis.table import columns

WHOLE = ("seeds", "parameters", "hidden_size")
"""Columns of whole numbers; a row without a result has none."""

WORDS = 2
"""Columns of the shown table that hold words, at its left."""

LATEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "~": r"$\sim$",
        "±": r"$\pm$",
    }
)
"""Characters that mean something else to LaTeX, or that its font lacks."""

BOLD = "textbf:--rwrap"
"""What pandas writes as `\\textbf{...}`."""


def frame(summary: Summary) -> pd.DataFrame:
    """One line for each framework and cell, with COLUMNS."""
    lines = pd.DataFrame(summary.rows, columns=list(COLUMNS))
    return lines.astype(dict.fromkeys(WHOLE, "Int64"))


def csv(summary: Summary) -> str:
    """Every column, separated by commas."""
    text: str = frame(summary).to_csv(index=False)
    return text


def write_parquet(summary: Summary, path: Path) -> None:
    """Every column with its type, in one file."""
    frame(summary).to_parquet(path, index=False)


def markdown(summary: Summary) -> str:
    """The table as the terminal shows it."""
    cells = columns(summary)
    sides = ["---"] * WORDS + ["---:"] * (len(cells) - WORDS)
    lines = [list(cells), *shown_rows(summary, cells)]
    lines = [[text.replace("|", r"\|") for text in line] for line in lines]
    lines.insert(1, sides)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def latex(summary: Summary) -> str:
    """A table for the package booktabs: the best bold, ties marked ~."""
    task, cells = summary.task, columns(summary)
    metric = cells[task.metric]
    cells[task.metric] = lambda row: metric(row).rstrip(" *")
    shown = pd.DataFrame(shown_rows(summary, cells), columns=list(cells))
    best = pd.DataFrame("", index=shown.index, columns=shown.columns)
    for line, row in enumerate(summary.rows):
        if summary.marks[row.place] == "*":
            best.loc[line, task.metric] = BOLD
    style = shown.style.hide(axis="index").format(in_latex)
    style = style.format_index(in_latex, axis="columns")
    style = style.apply(lambda _: best, axis=None)
    text: str = style.to_latex(
        hrules=True,
        column_format="l" * WORDS + "r" * (len(cells) - WORDS),
        position_float="centering",
        caption=caption(summary),
        label=f"tab:{task.name}",
    )
    return text


def caption(summary: Summary) -> str:
    """What the table compares and how to read its marks, for LaTeX."""
    task = summary.task
    return in_latex(
        f"{task.name}: {task.summary}. {task.metric}: mean ± sd over seeds on "
        f"the test part, {task.better} is better; best in bold, ~ no test "
        "tells it from the best."
    )


def shown_rows(
    summary: Summary, cells: dict[str, Callable[[Row], str]]
) -> list[list[str]]:
    """The text of every cell of the table, row by row."""
    return [[cell(row) for cell in cells.values()] for row in summary.rows]


def in_latex(text: object) -> str:
    """A text that LaTeX prints as it is."""
    return str(text).translate(LATEX)


FORMATS: dict[str, Callable[[Summary], str]] = {
    "csv": csv,
    "latex": latex,
    "markdown": markdown,
}
"""Format -> the table as a text of it."""
