"""Series with labelled anomalies (Numenta Anomaly Benchmark)."""

from pathlib import Path

import numpy as np

from shared.datasets.times.anomalies import in_windows, read_windows
from shared.datasets.times.table import Series, read_series
from shared.files import catalogue
from shared.files.tables.format import TableFormat

FAMILY = "realKnownCause"
WINDOWS = "anomaly/labels/combined_windows.json"

NAMES = {
    "nyc_taxi": "nyc_taxi",
    "ambient_temperature": "ambient_temperature_system_failure",
    "machine_temperature": "machine_temperature_system_failure",
    "cpu_utilization": "cpu_utilization_asg_misconfiguration",
    "request_latency": "ec2_request_latency_system_failure",
    "key_hold": "rogue_agent_key_hold",
    "key_updown": "rogue_agent_key_updown",
}
"""Data set -> its file."""


def files(name: str) -> list[str]:
    return [f"anomaly/data/{FAMILY}/{NAMES[name]}.csv", WINDOWS]


def read_nab(name: str) -> tuple[Series, np.ndarray]:
    """A series, and for each row the number of its window, 0 for none."""
    path, labels = map(catalogue.locate, files(name))
    series = read_series(path, "timestamp", ("value",), TableFormat(), "none")
    windows = read_windows(labels, Path(FAMILY, f"{NAMES[name]}.csv"))
    return series, in_windows(series, windows, labels)
