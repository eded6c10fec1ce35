"""`compare.py exercise start`: the file to write an answer in."""

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.exercises.files import default_path, template
from shared.errors import UserError
from shared.exercises import get_exercise
from shared.files.io import write_file


def main(arguments: list[str]) -> int:
    """Write the signature and the task of an exercise."""
    options = parse("exercise start", arguments)
    exercise, framework = get_exercise(options.number), options.framework
    path = options.out or default_path(exercise, framework)
    if path.exists():
        raise UserError(f"'{path}' exists; move it, or give another --out")
    write_file(path, template(exercise, framework))
    say(f"file: {path}; check it: compare.py exercise check {path}")
    return 0
