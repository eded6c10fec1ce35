"""`compare.py run`: train what the arguments ask for, show the table."""

import shlex
from typing import Any

from comparisons.arguments.parser import flags_of
from comparisons.arguments.terminal import complain
from shared.errors import UserError
from shared.exhibits.names import row_name


def main(arguments: list[str]) -> int:
    """Run one comparison, or one for each value of a sweep."""
    if "--sweep" in flags_of(arguments):
        from comparisons.commands.sweep import sweep

        return sweep(arguments, compare, compare_on_validation)
    return compare(arguments)


def compare(arguments: list[str]) -> int:
    """Run what the arguments ask for, then show the table."""
    from comparisons.arguments.options import parse_options

    options = parse_options(arguments)
    runner, unkept = train(options, shlex.join(["compare.py", *arguments]))
    return show(runner, options, unkept)


def compare_on_validation(arguments: list[str]) -> int:
    """Run one setting of several to choose from: no test score is shown."""
    from comparisons.arguments.options import parse_options

    options = parse_options(arguments)
    command = shlex.join(["compare.py", *arguments])
    runner, unkept = train(options, command, validation=True)
    _, wrong = summarized(runner, options, unkept)
    for text in wrong:
        complain(text)
    return 1 if wrong else 0


def train(
    options: Any, command: str, validation: bool = False
) -> tuple[Any, list[str]]:
    """The runner of the options, its runs finished; checkpoints not kept.

    validation: whether progress has validation scores in place of test scores.
    """
    from comparisons.records.store import Store
    from comparisons.runs.best_checkpoints import clear_leftovers, save_best
    from comparisons.runs.plan import make_plan
    from comparisons.runs.progress import make_progress
    from comparisons.runs.runner import Runner

    store = Store(options.out)
    progress = make_progress(options.quiet, validation)
    try:
        clear_leftovers(options.out)
        plan = make_plan(options, command)
        runner = Runner(plan, store, options, progress)
        try:
            runner.run()
        except KeyboardInterrupt:
            progress.close()
            if not validation:
                show_done(runner, options)
            raise
        unkept = save_best(options.out, store.records, runner.keys())
    finally:
        progress.close()
        store.close()
    return runner, unkept


def show_done(runner: Any, options: Any) -> None:
    """Print the table of the runs that an interrupt left; keep the best."""
    from comparisons.analysis.results import print_results
    from comparisons.analysis.tables import make_console
    from comparisons.records.record import Run
    from comparisons.report.render import summary_of
    from comparisons.runs.best_checkpoints import save_best

    records, keys = runner.store.records, runner.keys()
    done = {r.key for r in records if isinstance(r, Run)} & {*keys}
    if not done:
        return
    save_best(options.out, records, keys)
    print_results(summary_of(options.out, keys), make_console())


def show(runner: Any, options: Any, unkept: list[str]) -> int:
    """Write the files, print table and findings; the exit code."""
    from comparisons.analysis.findings import sentences
    from comparisons.analysis.notes import notes
    from comparisons.analysis.results import print_results
    from comparisons.analysis.tables import make_console
    from comparisons.arguments.extras import how_to_add

    summary, wrong = summarized(runner, options, unkept)
    console = make_console()
    print_results(summary, console)
    for text in (*notes(summary), "", *sentences(summary)):
        console.print(text, markup=False)
    console.print(f"\nfiles: {options.out}/", markup=False)
    if absent := runner.plan.absent:
        console.print(how_to_add(absent), markup=False, soft_wrap=True)
    for text in wrong:
        complain(text)
    return 1 if wrong else 0


def summarized(
    runner: Any, options: Any, unkept: list[str]
) -> tuple[Any, list[str]]:
    """Write the files; the summary, and what went wrong."""
    from comparisons.analysis.notes import missing_baselines, unproved
    from comparisons.report.render import summary_of, write_files

    summary = summary_of(options.out, runner.keys())
    if options.report:
        try:
            write_files(summary, options.out, runner.keys())
        except UserError as error:  # what was measured is shown anyway
            unkept = [*unkept, str(error)]
    wrong = [
        f"{row.name}: {row.status}"
        for row in summary.rows
        if row.status != "ok"
    ]
    if options.checkpoints:
        hint = "" if options.fresh else "; --fresh trains it again"
        wrong += [text + hint for text in unsaved(summary)]
    wrong += unkept
    wrong += [*missing_baselines(summary), *unproved(summary)]
    return summary, wrong


def unsaved(summary: Any) -> list[str]:
    """The runs whose weights could not be saved, and why."""
    return [
        f"{row_name(*run.row)} seed {run.seed}: checkpoint not saved "
        f"({run.checkpoint_error})"
        for run in summary.finished
        if run.checkpoint_error
    ]
