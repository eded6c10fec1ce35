"""`compare.py code`: the frameworks' code of one task, side by side."""

from pathlib import Path

from comparisons.analysis.tables import make_console
from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.reader.parts import PARTS
from comparisons.reader.source import read_packages
from comparisons.reader.story import task_source
from comparisons.reader.terminal import print_rows
from comparisons.reader.view import view
from shared.errors import UserError
from shared.exhibits.names import cell_name
from shared.files.io import write_file
from shared.tasks import get_task, task_names

PAGE = Path("code.html")


def main(arguments: list[str]) -> int:
    """Print the code of a task, or write it as a page."""
    options = parse("code", arguments)
    names = task_names() if options.task is None else [options.task]
    tasks = [get_task(name) for name in names]
    parts = [options.part] if options.part else list(PARTS)
    cell = options.cell or tasks[0].model.cell
    if options.html or options.out:
        from comparisons.reader.page import page

        path = options.out or PAGE
        folder = path.absolute().parent
        text = page(names, options.cell, options.part, folder)
        write_file(path, text)
        say(f"file: {path}")
        return 0
    if options.task is None:
        raise UserError(f"--task is missing; choices: {', '.join(names)}")
    packages = read_packages()
    rows = view(tasks[0], cell, parts, packages)
    console = make_console(width=0)
    path, _ = task_source(tasks[0])
    title = f"{options.task}: {tasks[0].model.model}, {cell_name(cell)}"
    console.print(f"{title}; its data and scores: {path}", markup=False)
    print_rows(rows, cell, packages, console)
    return 0
