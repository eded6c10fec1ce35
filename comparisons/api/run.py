"""A comparison from Python: the words of the command, then its engine."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from shared.errors import UserError, unknown

if TYPE_CHECKING:
    from comparisons.api.results import Results

Names = str | Iterable[str] | None
"""One name, or several."""

COMMAND_ONLY = {
    "sweep": "call compare() for each value",
    "task_file": "give the file as the task",
    "save_config": "the record of each run has its options",
}
"""Flag of the command -> what to do instead."""


def compare(
    task: str,
    frameworks: Names = None,
    cells: Names = None,
    seeds: int | None = None,
    preset: str | None = None,
    **options: Any,
) -> Results:
    """Train a task in each framework with each cell, as the command does.

    task: a name of `tasks()`, or a file that defines one;
    frameworks, cells: one name or several;
    seeds: runs of each framework and cell; preset: named settings, such as
    "quick"; options: any flag of `compare.py --task TASK --help` by its name
    in Python, such as `hidden_size=64`, `bidirectional=True` or
    `out="results/mine"`. What is None or left out has the command's default.

    The runs that are on record are not repeated. A wrong option raises
    `UserError` with the command's text; an interrupt prints the table of what
    is done, which `load` reads again.

    >>> import comparisons
    >>> results = comparisons.compare(
    ...     "sine", "pytorch", ["rnn", "gru"], preset="quick", out=folder
    ... )
    >>> list(results.table().cell)
    ['rnn', 'gru']
    """
    from comparisons.api.results import Results, load
    from comparisons.arguments.options import parse_options
    from comparisons.arguments.terminal import complain, note
    from comparisons.commands.run import summarized, train

    given = {"frameworks": frameworks, "cells": cells, "seeds": seeds}
    words = words_of("run", {"task": task, **given, "preset": preset} | options)
    choices = parse_options(words)
    try:
        runner, unkept = train(choices, shlex.join(["compare.py", *words]))
    except KeyboardInterrupt:
        with suppress(UserError):  # nothing is done yet
            note(f"{load(choices.out)}\ninterrupted: load('{choices.out}')")
        raise
    summary, wrong = summarized(runner, choices, unkept)
    for text in wrong:
        complain(text)
    return Results.of(choices.out, summary)


def words_of(command: str, options: Mapping[str, Any]) -> list[str]:
    """The words of a command with these options; UserError for a wrong one."""
    from comparisons.arguments.command_line import parser_of
    from comparisons.arguments.config import as_words, with_config

    given = {name: v for name, v in options.items() if v is not None}
    for name in given.keys() & COMMAND_ONLY:
        raise UserError(f"{name} is of the command: {COMMAND_ONLY[name]}")
    named = [f"--{name}={given[name]}" for name in SELECTING if name in given]
    parser = parser_of(command, named)

    def words() -> Iterator[str]:
        for name, value in given.items():
            (flag,) = parser.current([f"--{name.replace('_', '-')}"])
            if flag not in parser.flags:
                known = [f for f in parser.flags if f.startswith("--")]
                raise UserError(unknown("flag", flag, known))
            yield from as_words(parser.flags[flag], flag, listed(value))

    return with_config(command, list(words()))


SELECTING = ("task", "preset")
"""Options on which the flags of a command, or their defaults, depend."""


def listed(value: Any) -> Any:
    """Several values as a list."""
    several = isinstance(value, Iterable) and not isinstance(value, str)
    return list(value) if several else value
