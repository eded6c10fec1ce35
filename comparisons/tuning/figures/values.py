"""Values of trials as axes and tables have them."""

from typing import Any

from comparisons.arguments.parser import plain as words
from comparisons.report.blocks import Cell
from shared.exhibits.names import (
    scaled,
)


def percent(metric: str, value: float | None) -> float | None:
    """In the unit of the axis."""
    return None if value is None else scaled(metric, value)


def shown(value: Any) -> Cell:
    """A value for a table, as on the command line."""
    return Cell(words(value), None if isinstance(value, bool) else value)
