"""The picture of `compare.py bench scan`: seconds per step over T."""

from collections.abc import Sequence
from pathlib import Path

from comparisons.analysis.wording import listed
from comparisons.figures.colors import color
from comparisons.figures.lines import Line, Panels
from comparisons.figures.matplotlib import draw_lines
from comparisons.records.measurements import BenchScan
from shared.exhibits.names import cell_name, framework_name

FORMS = {"scan": "scan", "loop": "loop", "native": "layer"}
"""Form -> what the table and the legend call it."""

DASHES = {"scan": "solid", "loop": "dot", "native": "dash"}


def draw_scan(records: Sequence[BenchScan], path: Path) -> None:
    """A panel for each framework; a circle: from there a scan is faster."""
    panels: Panels = {}
    for record in records:
        lines = panels.setdefault(framework_name(record.framework), [])
        lines.append(line_of(record, records))
    labels = ("time steps T", "seconds per training step")
    where = (panels, labels, path, records[0].lengths)
    draw_lines(*where, log="xy", title=message(records))


def line_of(record: BenchScan, records: Sequence[BenchScan]) -> Line:
    """The medians of a record; a loop is named by the legend alone."""
    marks = [
        (steps, record.medians[steps])
        for steps in [crossover(record, native_of(record, records))]
        if steps
    ]
    name = cell_name(record.cell)
    return Line(
        f"{name}, {FORMS[record.form]}",
        record.lengths,
        list(record.medians.values()),
        color(record.cell),
        DASHES[record.form],
        marks=marks if record.form == "scan" else (),
        label="" if record.form == "loop" else name,
    )


def native_of(
    record: BenchScan, records: Sequence[BenchScan]
) -> list[BenchScan]:
    """The native layers of the same framework."""
    return [
        one
        for one in records
        if (one.framework, one.form) == (record.framework, "native")
    ]


def crossover(scan: BenchScan, others: Sequence[BenchScan]) -> int | None:
    """The least T from which on a scan is faster than all others, or None."""
    found = None
    for steps, seconds in scan.medians.items():
        if not all(seconds < one.medians[steps] for one in others):
            found = None
        elif others and found is None:
            found = steps
    return found


def message(records: Sequence[BenchScan]) -> str:
    """From which T the first cell's scan is faster than all native layers."""
    scans = [one for one in records if one.form == "scan"]
    own = [one for one in scans if one.cell == scans[0].cell]
    places = [
        f"from T {steps:,} in {framework_name(one.framework)}"
        if (steps := crossover(one, native_of(one, records)))
        else f"at no T in {framework_name(one.framework)}"
        for one in own
        if native_of(one, records)
    ]
    if not places:
        return "The time of a training step by a scan and by a loop over T"
    name = cell_name(own[0].cell)
    return f"{name} by a scan trains faster than native layers {listed(places)}"
