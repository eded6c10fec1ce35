"""The flags of the commands on exercises."""

from comparisons.arguments.flags import common
from comparisons.arguments.flags.flag import (
    Groups,
    choice,
    flag,
    number,
    path,
)
from comparisons.frameworks import DEFAULT

NUMBER = flag("number", "number of the exercise, such as 3.2", metavar="NUMBER")
PROGRESS = path(
    "--progress", "file of what is solved (default: results/exercises.json)"
)

EXERCISE_LIST: Groups = {
    "": [
        number("--chapter", "only this chapter (default: all)"),
        number("--level", "only this level (default: all)", most=3),
        PROGRESS,
    ]
}
EXERCISE_START: Groups = {
    "": [
        NUMBER,
        choice(
            "--framework", "framework of the answer", DEFAULT, required=True
        ),
        path("--out", "file to write (default: exercise_NUMBER_FRAMEWORK.py)"),
    ]
}
EXERCISE_CHECK: Groups = {
    "": [
        path("file", "file of the answer"),
        flag(
            "--exercise",
            "number of the exercise (default: that in the file)",
            metavar="NUMBER",
        ),
        choice(
            "--framework",
            "framework of the answer",
            DEFAULT,
            " (default: that in the file)",
        ),
        common.timeout("the answer", 30.0),
        number("--memory", "MiB that the answer may use", 1024),
        PROGRESS,
    ]
}
EXERCISE_HINT: Groups = {"": [NUMBER, PROGRESS]}
