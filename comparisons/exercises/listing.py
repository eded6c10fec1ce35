"""The exercises with what is solved, and the milestones as a checklist."""

from collections.abc import Iterator

from comparisons.exercises.progress import Progress
from comparisons.frameworks import DEFAULT
from shared.exercises import CHAPTERS, exercises
from shared.exercises.exercise import Exercise
from shared.exhibits.names import framework_name

HEADINGS = ("", "level", "exercise", *map(framework_name, DEFAULT))


def rows(
    progress: Progress, chapter: int, level: int | None
) -> list[list[str]]:
    """A row for each exercise of a chapter; an x where it is solved."""
    return [
        row(exercise, progress)
        for exercise in exercises()
        if exercise.chapter == chapter and level in (None, exercise.level)
    ]


def row(exercise: Exercise, progress: Progress) -> list[str]:
    marks = [
        "x" if progress.solved(exercise.number, framework) else tried
        for framework, tried in attempts(exercise.number, progress)
    ]
    return [exercise.number, str(exercise.level), exercise.title, *marks]


def attempts(number: str, progress: Progress) -> Iterator[tuple[str, str]]:
    """Each framework, and how often the exercise was tried in it."""
    for framework in DEFAULT:
        entry = progress.answers.get(number, {}).get(framework)
        yield framework, str(entry.attempts) if entry else ""


def checklist(progress: Progress) -> Iterator[str]:
    """A line for each milestone, with the exercises that are missing."""
    for name, (solved, missing) in progress.milestones().items():
        mark = " " if missing else "x"
        rest = f": {', '.join(missing)} to solve" if missing else ""
        count = len(solved) + len(missing)
        yield f"[{mark}] {name} ({len(solved)} of {count}){rest}"


def titles() -> dict[int, str]:
    return {number: title for number, (title, _) in CHAPTERS.items()}
