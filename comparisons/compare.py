"""The command `compare.py`: run a comparison, or one of its tools."""

from __future__ import annotations

import importlib
import shlex
import signal
import sys
from typing import Any, NoReturn

from rich.console import Console

from comparisons.frameworks import FRAMEWORKS, missing_modules
from shared.errors import UserError, unknown
from shared.specs import CELLS
from shared.tasks import get_task, task_names

COMMANDS = (
    *("bench", "chat", "code", "generate", "inspect", "predict", "report"),
    *("score", "study", "translate", "verify"),
)
"""Tools, each `main(arguments) -> exit code` of a module of that name."""

MODULES = {
    "bench": "comparisons.commands.bench",
    "report": "comparisons.commands.report",
}
"""Tools that moved."""

INTERRUPTED = 130
NARROW = 80


def main() -> NoReturn:
    """Exit with 0 all ran, 1 a run failed, 2 wrong command, 130 stopped."""
    signal.signal(signal.SIGTERM, terminate)
    try:
        code = dispatch(sys.argv[1:])
    except UserError as error:
        print(f"compare.py: {error}", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        print(
            "compare.py: interrupted; what was measured is kept, the same "
            "command goes on",
            file=sys.stderr,
        )
        code = INTERRUPTED
    sys.exit(code)


def dispatch(arguments: list[str]) -> int:
    """Run a tool if the first word names one, else a comparison."""
    if arguments and not arguments[0].startswith("-"):
        if arguments[0] not in COMMANDS:
            raise UserError(unknown("command", arguments[0], COMMANDS))
        module = importlib.import_module(
            MODULES.get(arguments[0], f"comparisons.{arguments[0]}")
        )
        code: int = module.main(arguments[1:])
        return code
    if "--list" in arguments:
        print_list(Console())
        return 0
    if any(word.split("=")[0] == "--sweep" for word in arguments):
        from comparisons.sweep import sweep

        return sweep(arguments)
    return compare(arguments)


def compare(arguments: list[str]) -> int:
    """Run what the arguments ask for, then show the table."""
    from comparisons.arguments.options import parse_options
    from comparisons.records.store import Store
    from comparisons.runs.best_checkpoints import keep_best
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
        unkept = keep_best(choices.out, store.records, runner.keys())
    finally:
        progress.close()
        store.close()
    return show(runner, choices, unkept)


def show(runner: Any, choices: Any, unkept: list[str]) -> int:
    """Write the files, print table and findings; the exit code."""
    from comparisons.analysis.findings import findings
    from comparisons.analysis.table import notes, print_table, unproved
    from comparisons.report import write_report

    summary = write_report(choices.out, runner.keys())
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, NARROW)
    print_table(summary, console)
    for text in (*notes(summary), "", *findings(summary)):
        console.print(text, markup=False)
    console.print(f"\nfiles: {choices.out}/", markup=False)
    wrong = [
        f"{row['framework']} {row['cell']}: {row['status']}"
        for row in summary.rows
        if row["status"] != "ok"
    ]
    wrong += unkept
    wrong += [f"{name}: not proved equal" for name in unproved(summary)]
    for text in wrong:
        print(f"compare.py: {text}", file=sys.stderr)
    return 1 if wrong else 0


def print_list(console: Console) -> None:
    """Print what can be asked for, and what is not installed."""
    for name in task_names():
        task = get_task(name)
        presets = ", ".join(task.presets)
        console.print(f"task {name}: {task.summary} (presets: {presets})")
    for name in FRAMEWORKS:
        missing = missing_modules(name)
        state = f"not installed: {', '.join(missing)}" if missing else "ready"
        console.print(f"framework {name}: {state}")
    console.print(f"cells: {', '.join(CELLS)}")


def terminate(signum: int, frame: Any) -> None:
    """Treat a request to end like Ctrl-C, so that workers end too."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
