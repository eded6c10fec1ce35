"""The file of an answer: written with its task, read with its framework."""

import re
import textwrap
from pathlib import Path

from comparisons.frameworks import DEFAULT
from shared.errors import UserError, unknown
from shared.exercises import get_exercise
from shared.exercises.exercise import Exercise
from shared.files.io import read_text

WIDTH = 76
"""Columns of the task within a docstring."""

HEADER = "# exercise {number}, framework {framework}"
FOUND = re.compile(r"^#\s*exercise\s+([^\s,]+),\s*framework\s+(\S+)", re.M)


def default_path(exercise: Exercise, framework: str) -> Path:
    name = exercise.number.replace(".", "_")
    return Path(f"exercise_{name}_{framework}.py")


def template(exercise: Exercise, framework: str) -> str:
    """The signature with the task as its docstring, and nothing else."""
    header = HEADER.format(number=exercise.number, framework=framework)
    body = "\n\n".join(
        [
            f"{exercise.title}.",
            wrapped(exercise.statement),
            f"Arguments:\n{listed(dict(exercise.arguments))}",
            f"Returns:\n{listed(dict(exercise.returns))}",
        ]
    )
    text = textwrap.indent(body, " " * 4).lstrip()
    return f'{header}\n\n\ndef {exercise.signature}:\n    """{text}\n    """\n'


def wrapped(text: str) -> str:
    """Paragraphs filled to the width; indented lines stay as they are."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        part if part.startswith(" ") else filled(part) for part in paragraphs
    )


def filled(paragraph: str) -> str:
    """A paragraph of prose; an equation below it stays on its line."""
    lines = paragraph.split("\n")
    prose = [line for line in lines if not line.startswith(" ")]
    rest = lines[len(prose) :]
    return "\n".join([textwrap.fill(" ".join(prose), WIDTH), *rest])


def listed(rows: dict[str, str]) -> str:
    """A line for each name, further ones of it indented."""
    return "\n".join(
        textwrap.fill(
            f"{name}: {text}",
            WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
        )
        for name, text in rows.items()
    )


def read_answer(
    path: Path, number: str | None, framework: str | None
) -> tuple[str, Exercise, str]:
    """The source, its exercise and its framework, as given or in the header."""
    if path.is_dir():
        raise UserError(f"'{path}' is a folder, not the file of an answer")
    if not path.exists():
        raise UserError(f"there is no file '{path}'")
    source = read_text(path)
    header = FOUND.search(source)
    if header:
        number, framework = number or header[1], framework or header[2]
    if not number or not framework:
        flag = "--framework" if number else "--exercise"
        line = HEADER.format(number="N", framework="NAME")
        raise UserError(f"'{path}' has no line '{line}'; give {flag}")
    if framework not in DEFAULT:
        raise UserError(unknown("framework", framework, DEFAULT))
    return source, get_exercise(number), framework
