"""The series of the catalogue, and how each is split."""

from typing import NamedTuple

from shared.datasets.times.reach import Reach, check_columns
from shared.datasets.times.table import Series, read_series
from shared.files import catalogue
from shared.files.tables.format import TableFormat


class Source(NamedTuple):
    """A table of the catalogue.

    time: column of the times, or several to join, "Date,Time"; season: period
        in rows, 0 for none; ends: rows at which training, validation and test
        end, () for shares; others: columns of numbers that are only read.
    """

    file: str
    time: str
    columns: tuple[str, ...]
    target: str
    season: int
    licence: str
    ends: tuple[int, ...] = ()
    others: tuple[str, ...] = ()


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
    "bike": Source(
        "forecast/bike-sharing-hour.csv",
        "dteday,hr",
        ("temp", "atemp", "hum", "windspeed", "cnt"),
        "cnt",
        24,
        "CC BY 4.0, Fanaee-T and Gama 2014",
        others=(
            *("season", "holiday", "weekday", "workingday", "weathersit"),
            *("casual", "registered"),
        ),
    ),
    "melbourne": Source(
        "forecast/melbourne-max-temperature.csv",
        "Date",
        ("Temperature",),
        "Temperature",
        365,
        "attribution, Australian Bureau of Meteorology",
    ),
    "seattle": Source(
        "forecast/seattle-weather.csv",
        "date",
        ("precipitation", "temp_min", "wind", "temp_max"),
        "temp_max",
        365,
        "public domain, NOAA",
    ),
    "sp500": Source(
        "forecast/sp500-daily.csv",
        "date",
        ("open", "high", "low", "volume", "close"),
        "close",
        0,
        "none stated; the file is not passed on",
        others=("adjclose",),
    ),
}
"""Data set -> its table. ETTh1 ends after 12, 4 and 4 months of 30 days, as
Zhou et al. (2021) split it; what comes later is not used."""


def fetch(dataset: str, progress: bool) -> None:
    catalogue.fetch([SOURCES[dataset].file], progress)


def read_catalogued(dataset: str, more: Reach = ()) -> Series:
    """All columns, and `more`; missing values are interpolated linearly.

    more: columns that are only read, and how many of the last rows each may
        lack; DataError for one that the table lacks, or that ends before.
    """
    source = SOURCES[dataset]
    path = catalogue.locate(source.file)
    check_columns(
        dataset, source.target, (*source.columns, *source.others), more
    )
    columns = [*dict.fromkeys((*(name for name, _ in more), *source.columns))]
    found = read_series(
        path, source.time, tuple(columns), TableFormat(), "linear", more
    )
    notes = (f"licence of the series: {source.licence}", *found.notes)
    return found._replace(notes=notes)
