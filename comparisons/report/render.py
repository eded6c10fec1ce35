"""The files of a comparison."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from comparisons.analysis.formats import csv
from comparisons.analysis.summary import Summary, summarise
from comparisons.records.store import read_records
from comparisons.report.markdown import write_markdown
from shared.errors import UserError

PAGE = "report.html"


class ReportError(UserError):
    """A file of the report that could not be made."""


def write_report(folder: Path, keys: list[str] | None = None) -> Summary:
    """Write all files from the folder's records; the summary shown."""
    records = read_records(folder / "runs.jsonl")
    summary = summarise(records, keys)
    with draw(folder, keys or []) as drawing:
        write_markdown(summary, folder / "report.md")
    if drawing.returncode:
        raise ReportError(
            f"'{folder}/{PAGE}' and '{folder}/figures' could not be made"
        )
    return summary


def draw(folder: Path, keys: list[str]) -> subprocess.Popen[str]:
    """Write tables, pictures and the page in a process of its own.

    The memory of matplotlib and pandas is then not the runner's.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "comparisons.report.process", str(folder)],
        stdin=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write("\n".join(keys))
    process.stdin.close()
    return process


def write_csv(summary: Summary, path: Path) -> None:
    """One line for each framework and cell."""
    path.write_text(csv(summary))
