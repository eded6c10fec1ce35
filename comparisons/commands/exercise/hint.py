"""`compare.py exercise hint`: the first hint, then the second."""

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.exercises.progress import load_progress
from shared.exercises import get_exercise


def main(arguments: list[str]) -> int:
    """Print the next hint of an exercise."""
    options = parse("exercise hint", arguments)
    exercise = get_exercise(options.number)
    progress = load_progress(options.progress)
    count = len(exercise.hints)
    number = progress.next_hint(exercise.number, count)
    progress.save()
    say(f"hint {number} of {count}: {exercise.hints[number - 1]}")
    return 0
