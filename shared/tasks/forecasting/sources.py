"""The series that the options name, and the columns of it that are read."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from shared.datasets import series as catalogued
from shared.datasets.times.table import Series
from shared.datasets.user.series import read_own
from shared.files import catalogue, user_file
from shared.task import Dataset
from shared.tasks.forecasting.data import series_dataset
from shared.tasks.forecasting.features import columns_of
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.rows import ends_of, with_returns, with_scale
from shared.tasks.forecasting.windows import season_of


class Source(NamedTuple):
    """A series: first what is read alone, then what is forecast.

    ends: rows at which training, validation and test end; season: its period
    in rows, 0 for none.
    """

    name: str
    series: Series
    ends: tuple[int, ...]
    season: int
    hashes: Mapping[str, str]


def load(data: ForecastData, seed: int) -> Dataset:
    """The data of a run; of several folds, the seed's."""
    source = (own if data.data else from_catalogue)(data)
    name, series, ends, season, hashes = source
    ends = ends or ends_of(len(series.values))
    if data.returns:
        columns = tuple(
            c for c in series.columns if c not in data.input_columns
        )
        series = with_returns(name, series, columns)
        ends = tuple(end - 1 for end in ends)
    fold = seed % data.folds
    return series_dataset(name, series, data, ends, season, hashes, fold)


def own(data: ForecastData) -> Source:
    """The user's file."""
    series = read_own(data, data.multivariate, more=data.reach)
    if data.multivariate:
        series = with_scale(series)
    season = season_of(series.step, ends_of(len(series.values))[0])
    hashes = user_file.hashes(data)
    return Source(Path(data.data).name, series, (), season, hashes)


def from_catalogue(data: ForecastData) -> Source:
    source = catalogued.SOURCES[data.dataset]
    series = catalogued.read_catalogued(data.dataset, data.reach)
    if not data.multivariate:
        series = columns_of(series, (*data.input_columns, source.target))
    hashes = catalogue.hashes([source.file])
    return Source(data.dataset, series, source.ends, source.season, hashes)
