"""The results table as CSV, Parquet, Markdown, and LaTeX.

All are computed from `Summary.rows`: CSV and Parquet hold each column as it
is measured, Markdown and LaTeX what the terminal shows.
"""

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from comparisons.analysis.results import results_markdown, texts
from comparisons.analysis.rows import COLUMNS
from comparisons.analysis.statistics import LEVEL
from comparisons.analysis.summary import Summary
from comparisons.analysis.tables import CONTROL, not_formula
from shared.exhibits.names import metric_name
from shared.files.atomic import write_whole

WHOLE = ("seeds", "parameters", "hidden_size")
"""Columns of whole numbers; a row without a result has none."""

WORDS = 2
"""Columns of the shown table that hold words, at its left."""

LATEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}"}
    | {"<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"}
    | {"[": "{[}", "]": "{]}"}  # an option, at the beginning of a row
    | {"α": r"$\alpha$", "~": r"$\sim$", "±": r"$\pm$"}
)
"""Characters that mean something else to LaTeX, or that its font lacks."""

BOLD = "textbf:--rwrap"
"""What pandas writes as `\\textbf{...}`."""


def frame(summary: Summary) -> pd.DataFrame:
    """One line for each framework and cell, with COLUMNS."""
    lines = pd.DataFrame(summary.rows, columns=list(COLUMNS))
    return lines.astype(dict.fromkeys(WHOLE, "Int64"))


def csv(summary: Summary) -> str:
    cells = frame(summary)
    for name in cells.select_dtypes(exclude="number"):
        cells[name] = cells[name].map(not_formula)
    text: str = cells.to_csv(index=False)
    return text


def write_parquet(summary: Summary, path: Path) -> None:
    content = io.BytesIO()
    frame(summary).to_parquet(content, index=False)
    write_whole(path, content.getvalue())


def markdown(summary: Summary) -> str:
    return f"{results_markdown(summary)}\n"


def latex(summary: Summary) -> str:
    """A table for the package booktabs: the best in bold."""
    shown, task = texts(summary), summary.task
    metric = metric_name(task.metric)
    bold = shown[metric].str.endswith("*")
    shown[metric] = shown[metric].str.rstrip(" *")
    best = pd.DataFrame("", index=shown.index, columns=shown.columns)
    best.loc[bold, metric] = BOLD
    style = shown.style.hide(axis="index").format(in_latex)
    style = style.format_index(in_latex, axis="columns")
    style = style.apply(lambda _: best, axis=None)
    caption = (
        f"{task.name}: {task.summary}. {metric} on the test "
        f"split ({task.better} is better), mean ± std over seeds; best in "
        "bold, ~ no significant difference from the best (paired t-test over "
        f"seeds, Holm, α = {LEVEL})."
    )
    text: str = style.to_latex(
        hrules=True,
        column_format="l" * WORDS + "r" * (shown.shape[1] - WORDS),
        position_float="centering",
        caption=in_latex(caption),
        label=f"tab:{task.name}",
    )
    return text


def in_latex(text: object) -> str:
    return CONTROL.sub(" ", str(text)).translate(LATEX)


FORMATS: dict[str, Callable[[Summary], str]] = {
    "csv": csv,
    "latex": latex,
    "markdown": markdown,
}
"""Format -> the table as a text of it."""
