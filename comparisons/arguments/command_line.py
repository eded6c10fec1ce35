"""From words to options: which command, which task, which flags."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from comparisons.arguments.commands import COMMANDS, TASK_NAME
from comparisons.arguments.families import (
    DEFAULTS,
    FAMILIES,
    OLD_COMMANDS,
    children,
)
from comparisons.arguments.flags.flag import add_groups, path
from comparisons.arguments.flags.task import PRESET, add_task_flags
from comparisons.arguments.machine import check_device
from comparisons.arguments.overview import Overview
from comparisons.arguments.parser import Parser, take
from comparisons.arguments.terminal import PROGRAM
from shared.errors import UserError, unknown
from shared.task import Task
from shared.tasks import get_task, task_names
from shared.tasks.files import is_file, use_file

CONFIGURATION = {
    "configuration": [
        path(
            "--config",
            "TOML file with any of these flags; those given here win",
            sweep=False,
        ),
        path(
            "--save-config",
            "write the flags that are given to a TOML file and exit",
            sweep=False,
        ),
        path(
            "--task-file",
            "Python file that defines a task of your own, instead of --task",
            sweep=False,
        ),
    ]
}


def command_of(words: Sequence[str]) -> tuple[str, list[str]]:
    """The command that the words begin with, and the other words.

    It is "" or a family where the words ask for the help of all commands.
    """
    first = list(words[:2])
    words = [*OLD_COMMANDS.get(" ".join(first), first), *words[2:]]
    if "--list" in words:
        return "list", [word for word in words if word != "--list"]
    family = words.pop(0) if words and words[0] in FAMILIES else ""
    if words and not words[0].startswith("-"):
        names = children(family)
        if words[0] not in names:
            kind = {"study": "study", "bench": "benchmark"}
            raise UserError(
                unknown(kind.get(family, "command"), words[0], names)
            )
        name = f"{family} {words[0]}".strip()
        return name, with_task_flag(name, words[1:])
    asks = {"-h", "--help", "--version"} & set(words)
    if asks and not take(words, "--task")[0]:
        return family, words
    if family not in DEFAULTS:
        names = children(family)
        raise UserError(
            f"{family} needs the name of one; choices: {', '.join(names)}"
        )
    return DEFAULTS[family], words


def with_task_flag(command: str, words: list[str]) -> list[str]:
    """The words, with the flag of a task that a command takes without it."""
    if COMMANDS[command].positional != TASK_NAME or not words:
        return words
    first, *others = words
    return words if first.startswith("-") else [f"--task={first}", *others]


def build_parser(
    command: str = "", task: Task | None = None, preset: str = PRESET
) -> tuple[Parser, dict[str, Parser]]:
    """The parser of all commands, and that of each, or of `command` alone.

    That one has the flags of the task.
    """
    root = Overview()
    top = root.add_subparsers(
        dest="command", metavar="COMMAND", parser_class=Parser
    )
    families: dict[str, Any] = {"": top}
    for family, text in FAMILIES.items():
        parser = top.add_parser(family, help=text, description=sentence(text))
        parser.usage = f"{PROGRAM} {family} NAME [flags]"
        families[family] = parser.add_subparsers(
            title="names", dest="name", metavar=""
        )
    leaves = {}
    for name in [command] if command else COMMANDS:
        row = COMMANDS[name]
        family, _, word = name.rpartition(" ")
        leaf = families[family].add_parser(
            word, help=row.summary, description=sentence(row.summary)
        )
        leaf.prog = f"{PROGRAM} {name}"
        leaf.usage = f"{leaf.prog} {row.positional}[flags]"
        if row.of_task:
            add_task_flags(leaf, row.flags, task, preset)
        else:
            add_groups(leaf, row.flags)
        add_groups(leaf, CONFIGURATION)
        leaves[name] = leaf
    return root, leaves


def with_task_file(command: str, words: Sequence[str]) -> list[str]:
    """The words, `--task-file` read: it is the task of a command on tasks."""
    files, found = take(words, "--task-file")
    if not files:
        return list(words)
    for file in files:
        if not is_file(file):
            raise UserError(f"--task-file {file} does not end in .py")
    ids = [use_file(file) for file in files]
    if not COMMANDS[command].of_task:
        return found
    if take(found, "--task")[0]:
        raise UserError("--task and --task-file name two tasks; choose one")
    return [f"--task={ids[-1]}", *found]


def parser_of(name: str, words: Sequence[str]) -> Parser:
    """The parser of a command for these words, with the task's flags."""
    task = None
    if COMMANDS[name].of_task:
        named = take(words, "--task")[0]
        # It may be run: the user names it, not a record.
        named = [use_file(n) if is_file(n) else n for n in named]
        if not named and not {"--task", "-h", "--help"} & set(words):
            names = ", ".join(task_names())
            raise UserError(f"--task is missing; choices: {names}")
        task = get_task(named[-1]) if named else None
    presets = [PRESET, *take(words, "--preset")[0]]
    return build_parser(name, task, presets[-1])[1][name]


def parse(name: str, words: Sequence[str]) -> Namespace:
    """The options of a command; raises UserError."""
    options = parser_of(name, words).parse_args(words)
    check_device(options)
    return options


def sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
