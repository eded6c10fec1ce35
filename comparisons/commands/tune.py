"""`compare.py tune`: search settings on validation, test the selected ones."""

import importlib.util
import shlex
from collections.abc import Sequence
from typing import Any

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import complain, say
from shared.errors import UserError

NEEDED = ("optuna", "sqlalchemy")
NEEDED_BY = {"ray": ("fsspec", "requests")}
"""Engine -> the modules that Ray Tune needs, besides Ray itself."""


def main(arguments: list[str]) -> int:
    """Search, train the selected settings, show them; 1 if a run failed."""
    options = parse("tune", arguments)
    require_optuna()
    from comparisons.tuning.plan import make_tune_plan

    require(NEEDED_BY.get(options.engine, ()), "ray")
    command = shlex.join(["compare.py", "tune", *arguments])
    return tune(make_tune_plan(options, arguments, command))


def require_optuna() -> None:
    """UserError that names the command which installs it."""
    require(NEEDED, "tune")


def require(modules: Sequence[str], extra: str) -> None:
    """UserError for modules that are not installed."""
    if missing := [n for n in modules if importlib.util.find_spec(n) is None]:
        raise UserError(
            f"tune needs {' and '.join(missing)}, not installed: pip install "
            f"'rnn-comparisons[{extra}]'"
        )


def tune(plan: Any) -> int:
    from comparisons.records.store import Store
    from comparisons.runs.best_checkpoints import clear_leftovers
    from comparisons.runs.engines.select import session
    from comparisons.runs.progress import make_progress
    from comparisons.tuning.engines.select import engine_of
    from comparisons.tuning.results import tune_result
    from comparisons.tuning.search import Search
    from comparisons.tuning.storage import open_studies

    store = Store(plan.out)
    progress = make_progress(plan.options.quiet)
    try:
        clear_leftovers(plan.out)
        studies = open_studies(plan)
        search = Search(plan, studies, store, progress)
        with session(plan.options):
            engine_of(plan.options).train(search)
            keys, unkept = test(plan, studies, store, progress)
        result = tune_result(plan, studies, store, keys)
    finally:
        progress.close()
        store.close()
    return show(result, unkept)


def test(
    plan: Any, studies: Any, store: Any, progress: Any
) -> tuple[list[str], list[str]]:
    """Train and score the selected settings; their keys, and what failed."""
    from comparisons.runs.best_checkpoints import save_best
    from comparisons.runs.runner import Runner
    from comparisons.tuning.results import best_row, note_tested

    rows = {cell: best_row(cell, study) for cell, study in studies.items()}
    selected = {cell: row.setting for cell, row in rows.items() if row}
    if not selected:
        return [], []
    chosen = plan.test_plan(selected)
    for cell, setting in selected.items():
        note_tested(studies[cell], setting)
    options = plan.test_options(list(selected))
    runner = Runner(chosen, store, options, progress)
    runner.run()
    return runner.keys(), save_best(plan.out, store.records, runner.keys())


def show(result: Any, unkept: list[str]) -> int:
    """Write the files, print the table; 1 if something has no result."""
    from comparisons.analysis.tables import make_console
    from comparisons.tuning.tables import (
        notes,
        scores_table,
        settings_table,
        write_tables,
    )

    plan, wrong = result.plan, [*unkept, *failures(result)]
    if plan.options.report:
        from comparisons.tuning.page import write_page

        write_tables(result, plan.out)
        write_page(result, plan.out)
    console = make_console()
    console.print(settings_table(result))
    console.print(scores_table(result))
    for text in notes(result):
        console.print(text, markup=False)
    say(f"\nfiles: {plan.out}/")
    for text in wrong:
        complain(text)
    return 1 if wrong else 0


def failures(result: Any) -> list[str]:
    """The cells and frameworks that have no result, or not of every seed."""
    from shared.exhibits.names import cell_name, row_name

    found = [
        f"{cell_name(cell.cell)}: no trial is complete"
        for cell in result.cells
        if cell.best is None
    ]
    found += [
        f"{row_name(one.framework, cell.cell)}: {one.failed} of "
        f"{result.plan.options.seeds} seeds without a result"
        for cell in result.cells
        for one in cell.tested
        if one.failed
    ]
    return found
