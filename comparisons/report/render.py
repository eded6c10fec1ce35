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
from shared.errors import UserError

PAGE, REPORT = "report.html", "report.md"


class ReportError(UserError):
    """A file of the report that could not be written."""


def summary_of(folder: Path, keys: list[str] | None = None) -> Summary:
    return read_summary(folder, keys)


def write_report(folder: Path, keys: list[str] | None = None) -> Summary:
    """Write all files from the folder's records; the summary shown."""
    summary = summary_of(folder, keys)
    command = [sys.executable, "-m", "comparisons.report.render", str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, text=True) as drawing:
        assert drawing.stdin is not None
        drawing.stdin.write("\n".join(keys or []))
        drawing.stdin.close()
        write_markdown(summary, folder / REPORT)
    if drawing.returncode:
        raise ReportError(
            f"'{folder}/{PAGE}' and '{folder}/figures' could not be written"
        )
    return summary


def main() -> None:
    """Draw the records of the keys on standard input, or all, if none."""
    from comparisons.analysis.formats import csv, write_parquet
    from comparisons.analysis.loading import read_parts
    from comparisons.report.page import write_page
    from comparisons.report.static_figures import draw_figures

    folder = Path(sys.argv[1])
    parts = read_parts([folder], sys.stdin.read().split() or None)
    summary = parts[0].summary
    (folder / "results.csv").write_text(csv(summary))
    write_parquet(summary, folder / "results.parquet")
    write_page(parts, folder / PAGE)
    draw_figures(summary, folder / "figures")


if __name__ == "__main__":
    main()
