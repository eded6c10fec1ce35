"""Series with labelled anomalies (Numenta Anomaly Benchmark)."""

import json

import numpy as np

from shared.datasets.times.table import Series, read_series
from shared.files import catalogue
from shared.files.tables.format import TableFormat

FAMILY = "realKnownCause"
WINDOWS = "anomaly/labels/combined_windows.json"
SHORT = len("2014-07-01 00:00:00")
"""Characters of a time without its fraction of a second."""

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
    path, windows = map(catalogue.locate, files(name))
    # Two of these series have an hour twice, where clocks were put back.
    series = read_series(
        path, "timestamp", ("value",), TableFormat(), "none", ordered=False
    )
    named = json.loads(windows.read_text(encoding="utf-8"))
    times = np.array(series.times)
    labels = np.zeros(len(times), np.int32)
    for number, ends in enumerate(named[f"{FAMILY}/{NAMES[name]}.csv"], 1):
        first, last = (end[:SHORT] for end in ends)
        labels[(times >= first) & (times <= last)] = number
    return series, labels
