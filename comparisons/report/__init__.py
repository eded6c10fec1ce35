"""The report of a comparison, from its records and nothing else."""

from comparisons.report.files import ReportError, write_csv, write_report
from comparisons.report.markdown import made, write_markdown

__all__ = [
    "ReportError",
    "made",
    "main",
    "write_csv",
    "write_markdown",
    "write_report",
]


def main(arguments: list[str]) -> int:
    """`compare.py report`."""
    from comparisons.report.command import main as command

    return command(arguments)
