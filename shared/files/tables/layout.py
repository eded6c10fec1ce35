"""How the rows of a delimited file are laid out."""

from collections.abc import Sequence
from typing import NamedTuple

from shared.files.tables.dialect import Dialect


class Layout(NamedTuple):
    """Columns, and the last line of their names, or the first row's without.

    A row has `least` to `most` fields: columns at the end without a name may
    be absent. share: of the first rows that do; headless: whether the names
    look like the fields of a row; units: those in a second line of names.
    """

    dialect: Dialect
    names: list[str]
    first: int
    share: float
    headless: bool = False
    units: str = ""

    @property
    def least(self) -> int:
        return len(trimmed(self.names))

    @property
    def most(self) -> int:
        return len(self.names)

    def fits(self, fields: Sequence[str]) -> bool:
        return self.least <= len(trimmed(fields, self.least)) <= self.most


def trimmed(fields: Sequence[str], least: int = 0) -> Sequence[str]:
    """The fields without empty ones at the end, beyond the least number."""
    width = len(fields)
    while width > least and not fields[width - 1].strip():
        width -= 1
    return fields[:width]
