"""`{exercises}` and `{milestones}`: what the reader of the course writes."""

import importlib
import importlib.util
from collections.abc import Mapping
from typing import Any

from comparisons.analysis.tables import in_code, in_markdown, markdown_table
from comparisons.exercises.files import default_path
from comparisons.site.course.base import CourseDirective
from comparisons.site.course.code import answer
from comparisons.site.course.markup import block, code, dropdown

MODULE = "shared.exercises"
FRAMEWORK = "pytorch"
"""Of the commands that a page shows."""


def exercises_module() -> Any:
    """The module of the exercises; None where the project has none."""
    if importlib.util.find_spec(MODULE) is None:
        return None
    return importlib.import_module(MODULE)


class ExercisesDirective(CourseDirective):
    """`{exercises} 3`: those of a chapter, with hints and model answers."""

    def text(self) -> str:
        """One block for each exercise; nothing if the chapter has none."""
        chapter, module = self.arguments[0], exercises_module()
        found = [
            one
            for one in (module.exercises() if module else ())
            if str(one.chapter) == chapter
        ]
        return "\n\n".join(map(exercise, found))


def exercise(one: Any) -> str:
    """What it asks for, the command, its hints, and the model answers."""
    hints = [
        dropdown(f"Hint {place}", in_markdown(hint))
        for place, hint in enumerate(one.hints, 1)
    ]
    parts = [
        f"{{.course-time}}\nLevel {one.level} of 3. "
        f"Write {in_code(one.signature)}.",
        statement(one.statement),
        names(one.arguments, one.returns),
        code(commands(one), "sh"),
        *hints,
        answer(one.number),
    ]
    title = f"Exercise {one.number}: {in_markdown(one.title)}"
    body = "\n\n".join(filter(None, parts))
    return block("admonition", body, title, **{"class": "course-exercise"})


def commands(one: Any) -> str:
    """To start the answer, and to check it."""
    path = default_path(one, FRAMEWORK)
    return (
        f"compare.py exercise start {one.number} --framework {FRAMEWORK}\n"
        f"compare.py exercise check {path}"
    )


def statement(text: str) -> str:
    """Its paragraphs; indented lines are equations, shown as they are."""
    written = []
    for part in text.strip().split("\n\n"):
        if part.startswith("    "):
            written.append(code("\n".join(n[4:] for n in part.split("\n")), ""))
        else:
            written.append(in_markdown(part))
    return "\n\n".join(written)


def names(arguments: Mapping[str, str], returns: Mapping[str, str]) -> str:
    """A row for each argument and each result, with its shape."""
    rows = [
        (kind, in_code(name), in_markdown(text))
        for kind, found in (("argument", arguments), ("returned", returns))
        for name, text in found.items()
    ]
    return markdown_table(("", "name", "shape and meaning"), rows, "l")


class MilestonesDirective(CourseDirective):
    """`{milestones}`: a checklist, and the exercises that reach each item."""

    required_arguments = 0

    def text(self) -> str:
        """A line for each; nothing where the project has none."""
        module = exercises_module()
        known = module.MILESTONES if module else {}
        return "\n".join(
            f"- [ ] {in_markdown(name)}: exercises {', '.join(numbers)}"
            for name, numbers in known.items()
        )
