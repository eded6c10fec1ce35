"""`python -m comparisons.report.process DIR`: what takes memory to make."""

from __future__ import annotations

import sys
from pathlib import Path

from comparisons.analysis.formats import write_parquet
from comparisons.analysis.loading import read_parts
from comparisons.report.page import write_page
from comparisons.report.render import PAGE, write_csv
from comparisons.report.static_figures import draw_pictures


def main() -> None:
    """Draw the records of the keys on standard input, or all, if none."""
    folder = Path(sys.argv[1])
    parts = read_parts([folder], sys.stdin.read().split() or None)
    write_csv(parts[0].summary, folder / "results.csv")
    write_parquet(parts[0].summary, folder / "results.parquet")
    write_page(parts, folder / PAGE)
    draw_pictures(parts[0].summary, folder / "figures")


if __name__ == "__main__":
    main()
