"""The flags of every command and task, from the parser."""

from argparse import Action
from collections.abc import Iterator
from pathlib import Path

from comparisons.analysis.tables import markdown_table
from comparisons.arguments.command_line import build_parser, sentence
from comparisons.arguments.commands import COMMANDS
from comparisons.arguments.flags.fields import of_fields, records
from comparisons.arguments.flags.flag import add_groups
from comparisons.arguments.parser import Parser
from shared.tasks import get_task, task_names

EVERYWHERE = ("help", "config", "save_config")
"""Flags that the head of the page explains."""

KINDS = {"model": "Model", "train": "Training", "data": "Data"}


def flags(root: Path, program: str) -> str:
    """Each command with its flags, then the flags of the tasks."""
    return "\n\n".join(part.strip("\n") for part in parts(program))


def parts(program: str) -> Iterator[str]:
    for name, parser in build_parser()[1].items():
        yield f"### {program} {name}"
        row = COMMANDS[name]
        more = " It also takes the flags of a task, below." * row.of_task
        yield f"{sentence(row.summary)}{more}"
        actions = [a for a in parser._actions if a.dest not in EVERYWHERE]
        if actions:
            yield markdown_table(("flag", "meaning"), map(cells, actions), "l")
    for kind, title in KINDS.items():
        yield f"### {title} flags of a task"
        yield f"Defaults: `{program} --task TASK --help`."
        heads = ("flag", "tasks", "meaning")
        yield markdown_table(heads, field_rows(kind), "l")


def cells(action: Action) -> tuple[str, str]:
    """A flag with its value, and its help with the default."""
    formatter = Parser()._get_formatter()
    shown = formatter._format_action_invocation(action)
    return f"`{shown}`", formatter._expand_help(action)


def field_rows(kind: str) -> list[tuple[str, str, str]]:
    """A row for each flag and meaning, with the tasks that have it.

    Defaults differ by task and preset: the help of a task shows them.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for name in task_names():
        task = get_task(name)
        parser = Parser(add_help=False)
        fields = of_fields(records(task)[kind], task.model.model)
        add_groups(parser, {"": fields})
        for action in parser._actions:
            flag, text = cells(action)
            meaning = text.rpartition(" (default: ")[0]
            found.setdefault((flag, meaning), []).append(name)
    count = len(task_names())
    return [
        (flag, "all" if len(tasks) == count else ", ".join(tasks), meaning)
        for (flag, meaning), tasks in found.items()
    ]
