"""`compare.py completion`: a script that completes commands and flags."""

from argparse import Action
from pathlib import Path
from typing import Any

from comparisons.arguments.command_line import build_parser, parse
from comparisons.arguments.commands import COMMANDS
from comparisons.arguments.flags.fields import of_fields, records
from comparisons.arguments.flags.flag import add_groups
from comparisons.arguments.flags.task import RUN, add_task_flags
from comparisons.arguments.parser import Parser
from shared.tasks import get_task, task_names


def main(arguments: list[str]) -> int:
    """Print the script; `source` it, or put it on the shell's search path."""
    import shtab

    shell = parse("completion", arguments).shell
    print(shtab.complete(completed_parser(), shell))
    return 0


def completed_parser() -> Parser:
    """All commands, with the flags of every task."""
    root, leaves = build_parser()
    add_task_flags(root, RUN, None, "")  # `compare.py --task sine` is `run`
    for parser in (
        root,
        *(leaves[n] for n, c in COMMANDS.items() if c.of_task),
    ):
        for task in map(get_task, task_names()):
            for record in records(task).values():
                add_new(parser, record, task.model.model)
    for parser in (root, *leaves.values()):
        for action in parser._actions:
            complete(action)
    return root


def add_new(parser: Parser, record: Any, model: str) -> None:
    """The flags of a record that the parser does not have yet."""
    scratch = Parser(add_help=False)
    add_groups(scratch, {"": of_fields(record, model)})
    for flag, action in scratch.flags.items():
        if flag not in parser.flags:
            parser._add_action(action)


def complete(action: Action) -> None:
    """Say what a value may be, where it is a file or a task."""
    import shtab

    if action.type is Path:
        action.complete = shtab.FILE  # type: ignore[attr-defined]
    if action.choices is None and action.dest == "task":
        action.choices = task_names()
    elif action.choices is not None and not isinstance(action.choices, dict):
        action.choices = tuple(action.choices)
