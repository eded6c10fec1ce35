"""The files of a comparison.

`python -m comparisons.report.render DIR` draws in a process of its own, so
that the memory of matplotlib and pandas is not the runner's.
"""

import subprocess
import sys
from pathlib import Path

from comparisons.analysis.loading import read_summary
from comparisons.analysis.summary import Summary
from comparisons.report.markdown import write_markdown
from comparisons.runs.processes import start_python
from shared.errors import UserError
from shared.files.io import write_file

PAGE, REPORT = "report.html", "report.md"


class ReportError(UserError):
    """A file of the report that could not be written."""


def summary_of(folder: Path, keys: list[str] | None = None) -> Summary:
    return read_summary(folder, keys)


def write_report(folder: Path, keys: list[str] | None = None) -> Summary:
    """Write all files from the folder's records; the summary shown."""
    summary = summary_of(folder, keys)
    write_files(summary, folder, keys)
    return summary


def write_files(
    summary: Summary, folder: Path, keys: list[str] | None = None
) -> None:
    """Write the report of these records; ReportError if a file could not be."""
    module, pipe = "comparisons.report.render", subprocess.PIPE
    with start_python(module, str(folder), stdin=pipe, stderr=pipe) as drawing:
        try:
            write_markdown(summary, folder / REPORT)
        finally:
            _, errors = drawing.communicate("\n".join(keys or []))
    if drawing.returncode:
        reason = errors.strip().rpartition("\n")[2]
        raise ReportError(f"the report in '{folder}' is incomplete: {reason}")


def main() -> None:
    """Draw the records of the keys on standard input, or all, if none."""
    try:
        draw(Path(sys.argv[1]), sys.stdin.read().split() or None)
    except UserError as error:
        sys.exit(str(error))


def draw(folder: Path, keys: list[str] | None) -> None:
    from comparisons.analysis.exports.runs_table import RUNS, write_runs
    from comparisons.analysis.formats import csv, write_parquet
    from comparisons.analysis.loading import read_parts
    from comparisons.report.page import write_page
    from comparisons.report.static_figures import draw_figures

    parts = read_parts([folder], keys)
    summary = parts[0].summary
    write_file(folder / "results.csv", csv(summary))
    write_parquet(summary, folder / "results.parquet")
    write_runs(summary, folder / RUNS)
    write_page(parts, folder / PAGE)
    draw_figures(summary, folder / "figures")


if __name__ == "__main__":
    main()
