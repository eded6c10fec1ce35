"""The report of a comparison, from its records and nothing else."""

from comparisons.report.markdown import made, write_markdown
from comparisons.report.render import ReportError, write_csv, write_report

__all__ = [
    "ReportError",
    "made",
    "write_csv",
    "write_markdown",
    "write_report",
]
