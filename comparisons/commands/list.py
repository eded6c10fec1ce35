"""`compare.py list`: tasks, frameworks and cells."""

from comparisons.analysis.tables import make_console
from comparisons.arguments.command_line import parse
from comparisons.arguments.extras import install_command
from comparisons.frameworks import FRAMEWORKS, missing_modules
from shared.specs import CELLS
from shared.tasks import get_task, task_names


def main(arguments: list[str]) -> int:
    """Print all tasks, frameworks and cells, and what is not installed."""
    parse("list", arguments)
    console = make_console(width=0, highlight=True)
    for name in task_names():
        task = get_task(name)
        presets = ", ".join(task.presets)
        console.print(f"task {name}: {task.summary} (presets: {presets})")
    for name in FRAMEWORKS:
        state = "ready"
        if missing_modules(name):
            state = f"not installed; {install_command([name])}"
        console.print(f"framework {name}: {state}", markup=False)
    console.print(f"cells: {', '.join(CELLS)}")
    return 0
