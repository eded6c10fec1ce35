"""`compare.py new task NAME`: a file to begin a task of one's own with."""

import importlib.util
from pathlib import Path

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from shared.errors import UserError
from shared.files.io import write_file
from shared.task.checks import NAME
from shared.tasks import task_names

TEMPLATE = "template"


def main(arguments: list[str]) -> int:
    """Write a small task that can be trained at once, as NAME.py."""
    options = parse("new task", arguments)
    name, path = options.name, options.out or Path(f"{options.name}.py")
    if not NAME.fullmatch(name):
        raise UserError(
            f"'{name}' is no name of small letters, digits, - and _"
        )
    if name in task_names():
        raise UserError(f"a task has the name '{name}'; choose another")
    if path.exists():
        raise UserError(f"'{path}' exists; move it, or give another --out")
    spec = importlib.util.find_spec(f"shared.tasks.{TEMPLATE}")
    assert spec is not None and spec.origin is not None
    source = Path(spec.origin).read_text(encoding="utf-8")
    source = source.replace(f'"{TEMPLATE}"', f'"{name}"')
    write_file(path, source.replace("--task-file FILE", f"--task-file {path}"))
    say(f"file: {path}; train it: compare.py --task-file {path}")
    return 0
