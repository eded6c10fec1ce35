"""`compare.py run`: train what the arguments ask for, show the table."""

import shlex
import sys
from typing import Any

from rich.console import Console

from comparisons.arguments.parser import flags_of


def main(arguments: list[str]) -> int:
    """Run one comparison, or one for each value of a sweep."""
    if "--sweep" in flags_of(arguments):
        from comparisons.commands.sweep import sweep

        return sweep(arguments, compare)
    return compare(arguments)


def compare(arguments: list[str]) -> int:
    """Run what the arguments ask for, then show the table."""
    from comparisons.arguments.options import parse_options
    from comparisons.records.store import Store
    from comparisons.runs.best_checkpoints import save_best
    from comparisons.runs.plan import make_plan
    from comparisons.runs.progress import make_progress
    from comparisons.runs.runner import Runner

    choices = parse_options(arguments)
    store = Store(choices.out)
    progress = make_progress(Console(stderr=True), choices.quiet)
    try:
        plan = make_plan(choices, shlex.join(["compare.py", *arguments]))
        runner = Runner(plan, store, choices, progress)
        runner.run()
        unkept = save_best(choices.out, store.records, runner.keys())
    finally:
        progress.close()
        store.close()
    return show(runner, choices, unkept)


def show(runner: Any, choices: Any, unkept: list[str]) -> int:
    """Write the files, print table and findings; the exit code."""
    from comparisons.analysis.findings import sentences
    from comparisons.analysis.notes import missing_baselines, notes, unproved
    from comparisons.analysis.results import print_results
    from comparisons.analysis.tables import make_console
    from comparisons.report.render import summary_of, write_report

    summarized = write_report if choices.report else summary_of
    summary = summarized(choices.out, runner.keys())
    console = make_console()
    print_results(summary, console)
    for text in (*notes(summary), "", *sentences(summary)):
        console.print(text, markup=False)
    console.print(f"\nfiles: {choices.out}/", markup=False)
    wrong = [
        f"{row.name}: {row.status}"
        for row in summary.rows
        if row.status != "ok"
    ]
    wrong += unkept
    wrong += [*missing_baselines(summary), *unproved(summary)]
    for text in wrong:
        print(f"compare.py: {text}", file=sys.stderr)
    return 1 if wrong else 0
