"""`compare.py speedrun`: a cold process to a fixed validation score."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from comparisons.arguments.terminal import say


def main(arguments: list[str]) -> int:
    """Train, check, show; 1 if a run failed or a row does not count."""
    from comparisons.records.store import Store
    from comparisons.runs.progress import make_progress
    from comparisons.speedrun.plan import make_speedruns
    from comparisons.speedrun.race import race

    speedruns = make_speedruns(arguments)
    progress = make_progress(speedruns.options.quiet)
    with closing(progress), closing(Store(speedruns.out)) as store:
        records = race(speedruns, store, progress)
        rows = rows_of(records)
        faults = faults_of(speedruns, rows, store, progress)
    return show(speedruns, rows, faults)


def rows_of(records: Sequence[Any]) -> dict[tuple[str, str], list[Any]]:
    """Framework and cell -> the records of its seeds."""
    rows: dict[tuple[str, str], list[Any]] = {}
    for record in records:
        rows.setdefault(record.row, []).append(record)
    return rows


def faults_of(
    speedruns: Any,
    rows: dict[tuple[str, str], list[Any]],
    store: Any,
    show: Any,
) -> dict[tuple[str, str], list[str]]:
    """Row -> why it does not count; those that may count are proved here."""
    from comparisons.speedrun.leaderboard import attempt_faults, proof_faults
    from comparisons.speedrun.race import prove

    faults = {row: attempt_faults(r) for row, r in rows.items()}
    for group in speedruns.groups:
        runs = [
            run
            for run in group.plan.proved
            if not faults[run.framework, run.cell]
        ]
        proofs = prove(group, runs, store, show) if runs else {}
        for run in runs:
            faults[run.framework, run.cell] = proof_faults(proofs.get(run.cell))
    return faults


def show(
    speedruns: Any,
    rows: dict[tuple[str, str], list[Any]],
    faults: dict[tuple[str, str], list[str]],
) -> int:
    """Print the table and the former record, enter what counts."""
    from comparisons.analysis.tables import make_console
    from comparisons.speedrun.leaderboard import (
        PUBLISHED,
        enter,
        entries_in,
        entry_of,
        fastest,
    )
    from comparisons.speedrun.tables import (
        parts_lines,
        record_line,
        rows_table,
    )
    from shared.exhibits.names import row_name, score_text

    goal, options = speedruns.goal, speedruns.options
    path = Path(options.leaderboard or PUBLISHED)
    former = fastest(entries_in(path), goal.task, goal.target)
    console = make_console()
    console.print(rows_table([*rows.values()], goal))
    say(f"target: {score_text(goal.metric, goal.target)}")
    for line in (*parts_lines([*rows.values()]), record_line(former, goal)):
        say(line)
    for row, records in rows.items():
        name = row_name(*row)
        if faults[row]:
            say(f"{name} does not count: {'; '.join(faults[row])}")
            continue
        entry = entry_of(records, options.note or "")
        ahead = former is None or entry.median < former.median
        say(f"{name} counts{', a new record' * ahead}")
        if options.leaderboard:
            enter(path, entry)
    if options.leaderboard:
        say(f"file: {path}")
    return int(any(faults.values()))
