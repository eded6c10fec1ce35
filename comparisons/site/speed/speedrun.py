"""The leaderboard of speedruns: records, their history, what made them fast."""

from collections.abc import Iterator
from pathlib import Path

from comparisons.analysis.tables import markdown_table
from comparisons.analysis.wording import listed
from comparisons.records.speedruns import SpeedrunEntry
from comparisons.speedrun.leaderboard import entries_in
from comparisons.speedrun.table import Goal, goals_in
from comparisons.speedrun.tables import span, times_of
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    row_name,
    score_text,
)


def leaderboard(root: Path, name: str) -> str:
    """The records of all tasks, then each entry that was one."""
    entries = entries_in(root / name)
    return "\n\n".join(parts(entries, name))


def parts(entries: list[SpeedrunEntry], name: str) -> Iterator[str]:
    goals = goals_in()
    own = {t: entries_of(entries, goal) for t, goal in goals.items()}
    if missing := [task for task, found in own.items() if not found]:
        yield (
            f"No record yet of {listed(missing)}. Each is made by its command:"
        )
        commands = (command_of(task, name) for task in missing)
        yield "\n".join(["```sh", *commands, "```"])
    if rows := [
        row for t, goal in goals.items() for row in rows_of(own[t], goal)
    ]:
        heads = ["task", "target", "framework", "cell", "median s", "range s"]
        yield markdown_table([*heads, "epochs", "commit"], rows, "llllrrrl")
    for task, found in own.items():
        steps = records_in(found)
        if steps:
            yield f"## {task.capitalize()}"
            yield "\n\n".join(paragraphs(steps))


def entries_of(entries: list[SpeedrunEntry], goal: Goal) -> list[SpeedrunEntry]:
    return [
        e for e in entries if (e.task, e.target) == (goal.task, goal.target)
    ]


def command_of(task: str, name: str) -> str:
    return f"compare.py speedrun {task} --leaderboard {name}"


def rows_of(entries: list[SpeedrunEntry], goal: Goal) -> Iterator[list[str]]:
    """The best entry of each framework, the record of the task first."""
    by_speed = sorted(entries, key=lambda entry: entry.median)
    best: dict[str, SpeedrunEntry] = {}
    for entry in by_speed:
        best.setdefault(entry.framework, entry)
    for entry in best.values():
        target = f"{score_text(goal.metric, goal.target)} "
        yield [
            goal.task,
            target + metric_name(goal.metric),
            framework_name(entry.framework),
            cell_name(entry.cell),
            *times_of(entry.attempts),
            span([len(a.laps) for a in entry.attempts]),
            entry.commit,
        ]


def records_in(entries: list[SpeedrunEntry]) -> list[SpeedrunEntry]:
    """The entries that were the fastest when they were entered, in order."""
    found: list[SpeedrunEntry] = []
    for entry in entries:
        if not found or entry.median < found[-1].median:
            found.append(entry)
    return found


def paragraphs(records: list[SpeedrunEntry]) -> Iterator[str]:
    """What each record changed, and by how much it is faster."""
    former = None
    for entry in records:
        text = f"**{entry.median:.1f} s**, {row_name(*entry.row)}"
        if former is not None:
            text += f" ({former.median / entry.median:.2f} × as fast)"
        note = f" {entry.note.rstrip('.')}." if entry.note else ""
        yield f"{text}.{note}\n\n```sh\n{entry.command}\n```"
        former = entry


SPEEDRUN = {"speedrun": leaderboard}
"""Kind of a marker -> the function that writes its part of the page."""
