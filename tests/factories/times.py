"""Columns of times, and how the tests read them."""

from pathlib import Path

import pandas as pd

from shared.datasets.times.readings import Column
from shared.datasets.times.recognize import Times, read_times
from shared.datasets.times.steps import steps_of

DAYS = pd.date_range("2023-01-01", periods=60, freq="D")
HOURS = pd.date_range("2023-01-01", periods=600, freq="h")
MONTHS = pd.date_range("1995-01-01", periods=120, freq="MS")
WEEKS = pd.date_range("2021-01-04", periods=160, freq="W-MON")
QUARTERS = pd.date_range("2001-01-01", periods=40, freq="QS")
RANGES = {"day": DAYS, "hour": HOURS, "month": MONTHS, "week": WEEKS}


def column(texts) -> Column:
    texts = list(map(str, texts))
    places = [f"line {row}" for row in range(2, len(texts) + 2)]
    return Column(Path("my.csv"), "t", texts, places)


def read(texts, words="auto") -> Times:
    return read_times(column(texts), words)


def step(found: Times) -> str:
    """The step of the times; all steps are equal."""
    steps = steps_of(found.ticks)
    assert steps.regular.all()
    return steps.usual.words
