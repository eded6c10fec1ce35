"""The series of the catalogue, and how each is split."""

from typing import NamedTuple

from shared.datasets.times.table import Series, read_series
from shared.files import catalogue
from shared.files.tables.format import TableFormat


class Source(NamedTuple):
    """A table of the catalogue.

    season: period in rows, 0 for none; ends: rows at which training, validation
        and test end, () for shares.
    """

    file: str
    time: str
    columns: tuple[str, ...]
    target: str
    season: int
    licence: str
    ends: tuple[int, ...] = ()


MONTH = 30 * 24
LOADS = ("HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL")

SOURCES = {
    "etth1": Source(
        "forecast/ETTh1.csv",
        "date",
        (*LOADS, "OT"),
        "OT",
        24,
        "CC BY-ND 4.0, Zhou et al. 2021",
        (12 * MONTH, 16 * MONTH, 20 * MONTH),
    ),
    "wti": Source(
        "forecast/wti-daily.csv",
        "Date",
        ("Price",),
        "Price",
        0,
        "public domain, source: U.S. Energy Information Administration",
    ),
    "co2": Source(
        "forecast/co2.csv", "date", ("co2",), "co2", 52, "public domain, CDIAC"
    ),
    "sunspots": Source(
        "forecast/sunspots-yearly.csv",
        "YEAR",
        ("SUNACTIVITY",),
        "SUNACTIVITY",
        11,
        "public domain, NOAA",
    ),
}
"""Data set -> its table. ETTh1 ends after 12, 4 and 4 months of 30 days, as
Zhou et al. (2021) split it; what comes later is not used."""


def fetch(dataset: str, progress: bool) -> None:
    catalogue.fetch([SOURCES[dataset].file], progress)


def read_catalogued(dataset: str) -> Series:
    """All columns; missing values are interpolated linearly."""
    source = SOURCES[dataset]
    path = catalogue.locate(source.file)
    found = read_series(
        path, source.time, source.columns, TableFormat(), "linear"
    )
    notes = (f"licence of the series: {source.licence}", *found.notes)
    return found._replace(notes=notes)
