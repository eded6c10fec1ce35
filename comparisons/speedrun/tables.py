"""What a speedrun shows: its rows, the former record, what does not count."""

from collections.abc import Iterator, Sequence
from statistics import median

from rich.table import Table

from comparisons.analysis.tables import terminal_table
from comparisons.records.speedruns import Attempt, Speedrun, SpeedrunEntry
from comparisons.speedrun.table import Goal
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    row_name,
    score_text,
)

HEADS = ("framework", "cell", "reached", "median s", "range s", "epochs")


def rows_table(rows: Sequence[Sequence[Speedrun]], goal: Goal) -> Table:
    """A row for each framework and cell."""
    shown = [table_row(records) for records in rows]
    heads = [*HEADS, f"validation {metric_name(goal.metric)}"]
    return terminal_table(heads, shown, "llr")


def table_row(records: Sequence[Speedrun]) -> list[str]:
    first = records[0]
    found = [r.attempt for r in records if r.attempt is not None]
    reached = [a for a in found if a.reached is not None]
    scores = [a.score for a in found if a.score is not None]
    return [
        framework_name(first.framework),
        cell_name(first.cell),
        f"{len(reached)}/{len(records)}",
        *times_of(reached),
        span([len(a.laps) for a in found]),
        score_text(first.metric, median(scores)) if scores else "-",
    ]


def times_of(attempts: Sequence[Attempt]) -> tuple[str, str]:
    """The median and the range of the seconds; - where there are none."""
    times = [a.reached for a in attempts if a.reached is not None]
    if not times:
        return "-", "-"
    return f"{median(times):.1f}", f"{min(times):.1f} to {max(times):.1f}"


def span(counts: Sequence[int]) -> str:
    """4, or 4 to 6."""
    if not counts:
        return "-"
    ends = dict.fromkeys((min(counts), max(counts)))
    return " to ".join(map(str, ends))


def parts_lines(rows: Sequence[Sequence[Speedrun]]) -> Iterator[str]:
    """Where the seconds of each row go: medians over its seeds."""
    for records in rows:
        found = [r.attempt for r in records if r.attempt is not None]
        if not found:
            continue
        parts = [
            f"{name} {median(a.parts[name] for a in found):.1f}"
            for name in found[0].parts
        ]
        compiling = [a.compile for a in found if a.compile is not None]
        if compiling:
            parts.append(f"first epoch longer by {median(compiling):.1f}")
        yield f"{row_name(*records[0].row)}: {', '.join(parts)} s"


def record_line(record: SpeedrunEntry | None, goal: Goal) -> str:
    """The best entry of the leaderboard before this one."""
    if record is None:
        return f"{goal.task} has no entry on the leaderboard"
    by = f" at {record.commit}" if record.commit else ""
    return (
        f"record: {row_name(*record.row)}, median {record.median:.1f} s{by}: "
        f"{record.command}"
    )
