"""The results table as CSV, Parquet, Markdown, and LaTeX.

All are computed from `Summary.rows`: CSV and Parquet hold each column as it
is measured, Markdown and LaTeX what the terminal shows.
"""

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from comparisons.analysis.exports.latex import latex
from comparisons.analysis.results import results_markdown
from comparisons.analysis.rows import COLUMNS
from comparisons.analysis.summary import Summary
from comparisons.analysis.tables import not_formula
from shared.files.atomic import write_whole

WHOLE = ("seeds", "parameters", "hidden_size")
"""Columns of whole numbers; a row without a result has none."""


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


FORMATS: dict[str, Callable[[Summary], str]] = {
    "csv": csv,
    "latex": latex,
    "markdown": markdown,
}
"""Format -> the table as a text of it."""
