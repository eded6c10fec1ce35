"""Rows whose times show that the machine was under load."""

import math
from collections.abc import Iterator, Mapping

import pandas as pd

from comparisons.analysis.curves import timed_rows
from comparisons.analysis.frame import ROW
from comparisons.analysis.rows import Place, Row
from comparisons.analysis.summary import Summary
from shared.exhibits.names import framework_name, row_name

VARIED = 0.25
"""Interquartile range of a row's step times, relative to the median."""

FEWEST = 4
"""Epochs below which quartiles say nothing."""

DRIFTED = 1.3
"""Step time of the slowest round, relative to the fastest."""

LONGER, SECONDS = 3.0, 10.0
"""Compilation is suspect from so many times, and from so many seconds
more than that of any other row of the framework."""


def disturbances(summary: Summary) -> dict[Place, str]:
    """Framework and cell -> what its times show; quiet rows have none."""
    return summary.once("disturbances", lambda: _disturbances(summary))


def _disturbances(summary: Summary) -> dict[Place, str]:
    found: dict[Place, list[str]] = {}
    rows = {row.place: row for row in summary.rows}
    epochs = summary.epochs.groupby(ROW, observed=True)["step_ms"].count()
    for place, runs in summary.done.groupby(ROW, sort=False):
        medians = runs["step_ms"].dropna()
        if len(medians):
            texts = varied(rows[place], medians, epochs[place])
            found.setdefault(place, []).extend(texts)
    for row, text in slow_starts(summary):
        found.setdefault(row, []).append(text)
    return {row: " and ".join(texts) for row, texts in found.items() if texts}


def varied(row: Row, medians: pd.Series, epochs: int) -> Iterator[str]:
    """How step times vary within a row, if much; medians: of each seed."""
    middle, width = row.step_ms_median, row.step_ms_iqr
    low, high = medians.min(), medians.max()
    drift = high / low if low else math.nan
    if drift > DRIFTED:
        yield f"the slowest round took {drift:.1f} times the fastest"
    elif epochs >= FEWEST and width > VARIED * middle:
        yield f"the middle half of its epochs spans {width / middle:.0%}"


def slow_starts(summary: Summary) -> Iterator[tuple[Place, str]]:
    """Rows whose first epoch is so slow that compiling does not explain it.

    Compilation is measured as the excess of the first epoch over the median
    of the others, so that load during the first epoch is counted as it.
    """
    compiling: dict[str, dict[Place, float]] = {}
    for one in timed_rows(summary):
        known = compiling.setdefault(one.row.framework, {})
        if not math.isnan(one.row.compile_seconds):
            known[one.row.place] = one.row.compile_seconds
    for framework, rows in compiling.items():
        for row, seconds in rows.items():
            others = [v for other, v in rows.items() if other != row]
            usual = max(others, default=math.inf)
            if seconds > max(LONGER * usual, usual + SECONDS):
                yield (
                    row,
                    f"its first epoch took {seconds:.0f} s more than the "
                    "others, which counts as compilation (other "
                    f"{framework_name(framework)} rows: at most "
                    f"{usual:.0f} s)",
                )


def disturbance_notes(found: Mapping[Place, str]) -> Iterator[str]:
    for row, text in found.items():
        yield (
            f"warning: {row_name(*row)}: {text}: the machine was probably "
            "under load, do not compare its times"
        )
