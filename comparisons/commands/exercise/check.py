"""`compare.py exercise check`: is an answer right, and if not, why."""

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import note, say
from comparisons.exercises.check import check
from comparisons.exercises.files import read_answer
from comparisons.exercises.progress import load_progress
from shared.exhibits.names import framework_name


def main(arguments: list[str]) -> int:
    """Check an answer and record the outcome; 1 if it is not right."""
    options = parse("exercise check", arguments)
    progress = load_progress(options.progress)
    path = options.file
    source, exercise, framework = read_answer(
        path, options.exercise, options.framework
    )
    limits = options.timeout, options.memory
    verdict = check(exercise, framework, source, path, *limits)
    before = {name for name, (_, rest) in progress.milestones().items() if rest}
    progress.add(exercise.number, framework, verdict)
    progress.save()
    if verdict.printed:
        note(verdict.printed.rstrip())
    right = verdict.status == "right"
    name = f"{exercise.number} in {framework_name(framework)}"
    say(f"{name}: {'right' if right else 'wrong'}: {verdict.text}")
    for milestone, (_, missing) in progress.milestones().items():
        if milestone in before and not missing:
            say(f"milestone: {milestone}")
    if not right:
        say(f"a hint: compare.py exercise hint {exercise.number}")
    return 0 if right else 1
