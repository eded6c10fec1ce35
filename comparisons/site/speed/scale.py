"""Tables of the page on scale: what engines cost, and where they saturate."""

import json
from pathlib import Path
from typing import Any

from comparisons.analysis.tables import markdown_table

RUNS, CORES = 100_000, 1_000
"""Of the plan that the page computes."""

LENGTHS = {
    "20 ms": 0.02,
    "1 s": 1.0,
    "10 s": 10.0,
    "1 min": 60.0,
    "10 min": 600.0,
}
"""Length of a run -> its seconds."""

Line = dict[str, Any]


def engine_lines(root: Path, name: str) -> list[Line]:
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    return list(map(json.loads, lines))


def overhead_ms(line: Line) -> float:
    """What a run costs its core besides itself."""
    return float(line["dispatch_ms"] + line["pipe_ms"])


def serial_ms(line: Line) -> float:
    """What a run costs the driver, which has one store."""
    return float(line["driver_ms"] + line["append_ms"])


def engines(root: Path, name: str) -> str:
    """A row for each engine, as it was measured; the command below."""
    lines = engine_lines(root, name)
    rows = [
        [
            line["engine"],
            f"{line['runs']:,}",
            f"{line['run_ms']:.0f} ms",
            f"{overhead_ms(line):.1f} ms",
            f"{line['driver_ms']:.1f} ms",
            f"{line['append_ms']:.1f} ms",
            f"{line['peak_mb']:.0f} MB",
            f"{line['record_bytes'] / 1e3:.1f} kB",
            f"{line['sent_bytes'] / 1e3:.1f} kB",
        ]
        for line in lines
    ]
    heads = (
        *("engine", "runs", "a run", "overhead of a run", "driver, CPU"),
        *("store, wall", "memory of the driver", "record", "sent"),
    )
    machine = lines[0]["machine"]
    text = (
        f"Measured by `{lines[0]['command']}` on {machine['processor']}, "
        f"{machine['cores']} cores."
    )
    return "\n\n".join([markdown_table(heads, rows), text])


def capacity(root: Path, name: str) -> str:
    """What the plan costs by the length of its runs, through the last engine.

    The runs of all cores arrive at one driver: it is saturated where their
    rate times what each costs it is above one.
    """
    line = engine_lines(root, name)[-1]
    serial, overhead = serial_ms(line) / 1e3, overhead_ms(line) / 1e3
    rows = []
    for text, seconds in LENGTHS.items():
        rate = CORES / (seconds + overhead)
        wall = max(RUNS / rate, RUNS * serial)
        rows.append(
            [
                text,
                f"{rate:,.1f}",
                duration(RUNS / rate),
                f"{rate * serial:,.0%}",
                f"{rate * line['sent_bytes'] / 1e6:,.2f} MB/s",
                duration(wall),
                f"{RUNS * seconds / (wall * CORES):.0%}",
            ]
        )
    heads = (
        *("a run", "runs/s", "without a limit", "driver and store"),
        *("network", "with one store", "cores at work"),
    )
    size, reading = RUNS * line["record_bytes"] / 1e9, RUNS * line["read_ms"]
    text = (
        f"{RUNS:,} runs on {CORES:,} cores through {line['engine']}: "
        f"{duration(RUNS * overhead)} of core time of overhead, a store of "
        f"{size:.2f} GB that is read in {duration(reading / 1e3)}. One driver "
        f"keeps {CORES:,} cores at work where a run takes more than "
        f"{duration(CORES * serial)}."
    )
    return "\n\n".join([markdown_table(heads, rows), text])


def duration(seconds: float) -> str:
    """3.2 s, 5 min, 1.7 h: two digits."""
    for size, unit in ((3600.0, "h"), (60.0, "min")):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"


SCALE = {"engines": engines, "capacity": capacity}
"""Kind of a marker -> the function that writes its table."""
