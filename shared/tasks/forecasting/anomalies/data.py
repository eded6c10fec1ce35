"""The series of an anomaly detector, and the labels of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from shared.datasets import nab
from shared.datasets.times.anomalies import in_windows, numbered, read_windows
from shared.datasets.times.table import Series
from shared.datasets.user.series import UserSeries, read_own
from shared.errors import DataError, SpecError
from shared.fields import count, option
from shared.files import catalogue, user_file
from shared.tasks.forecasting.windows import fitting_batch, usual_sizes

SHARES = (0.4, 0.5)
"""Ends of the training and of the validation split."""

MODELS = {"reconstruction": "autoencoder", "forecast": "forecaster"}
"""Kind of error -> the model whose error it is."""


@dataclass(frozen=True)
class AnomalyData(UserSeries):
    target_column: str = option("value", "column of the values in that file")
    label_column: str = option(
        "",
        "column of that file with 1 for an anomaly, 0 for none; without "
        "labels, anomalies are detected but not scored",
    )
    label_file: str = option(
        "",
        "file of the labeled windows: JSON as that of the Numenta Anomaly "
        "Benchmark, or a table of start and end",
    )
    label_sha256: str = ""
    dataset: str = option(
        "nyc_taxi",
        "time series of the Numenta Anomaly Benchmark",
        choices=tuple(nab.NAMES),
    )
    error: str = option(
        "reconstruction",
        "score a window by its reconstruction error, or the next "
        "value by its forecast error",
        choices=tuple(MODELS),
    )
    window: int = option(
        48,
        "time steps T of a window; of your own file, a season of its step",
        least=2,
    )
    smoothing_window: int = count(
        24,
        "time steps over which errors are averaged; of your own file, half "
        "a window",
    )
    quantile: float = option(
        0.995,
        "quantile of the training errors above which an alarm is raised",
        above=0.0,
        below=1.0,
    )

    def __post_init__(self) -> None:
        """Check every field."""
        super().__post_init__()
        if self.label_column and self.label_file:
            raise SpecError(
                "label_column and label_file both label the rows; choose one"
            )


class LabeledSeries(NamedTuple):
    """A series, and for each row the number of its window, 0 for none.

    labels: None if there are none; hashes: sha256 by file name.
    """

    series: Series
    labels: np.ndarray | None
    hashes: Mapping[str, str]


def read_labeled(data: AnomalyData) -> LabeledSeries:
    if not data.data:
        hashes = catalogue.hashes(nab.files(data.dataset))
        return LabeledSeries(*nab.read_nab(data.dataset), hashes)
    hashes = user_file.hashes(data)
    if not data.label_file:
        series = read_own(data, False, data.label_column)
        labels = numbered(series.values[:, 0]) if data.label_column else None
        return LabeledSeries(series, labels, hashes)
    series, path = read_own(data, False), Path(data.label_file)
    windows = read_windows(path, Path(data.data))
    labels = in_windows(series, windows, path, data.time_format)
    return LabeledSeries(series, labels, hashes)


def ends_of(rows: int) -> list[int]:
    """Ends of the training, the validation and the test split."""
    return [*(int(share * rows) for share in SHARES), rows]


def adapt(
    records: Mapping[str, Any], given: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Window, smoothing and batch size, unless given, for a user's own file."""
    data, batch = records["data"], records["train"].batch_size
    named = {*given["data"], *given["train"]}
    if not data.data or named >= {"window", "smoothing_window", "batch_size"}:
        return {}
    series = read_own(data, False, data.label_column)
    rows, window = ends_of(len(series.values))[0], data.window
    if "window" not in named:
        usual = usual_sizes(series.step, (2 * window, 0)).window // 2
        window = max(2, min(usual, rows // 2))
    sizes: dict[str, dict[str, Any]] = {"data": {"window": window}}
    if "smoothing_window" not in named:
        sizes["data"]["smoothing_window"] = max(1, window // 2)
    if "batch_size" not in named:
        sizes |= fitting_batch(rows - window, batch)
    return sizes


def scale(name: str, values: np.ndarray) -> tuple[float, float]:
    """Mean and deviation of training values; DataError if that is 0."""
    mean, deviation = float(values.mean()), float(values.std())
    if deviation == 0.0:
        raise DataError(
            f"{name}: the values are the same in all {len(values):,} rows of "
            "the training part: there is no scale"
        )
    return mean, deviation
