"""The flags of a comparison: its own, and one for each field of a record."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any, NoReturn

from comparisons.frameworks import FRAMEWORKS
from shared.errors import UserError
from shared.specs import CELLS, DEVICES, INITS, PRECISIONS
from shared.task import Task
from shared.tasks import task_names

FIXED = {
    *("model", "cell", "init"),  # ModelSpec
    *("input_size", "output_size", "char_size"),
    *("seed", "loop"),  # TrainSpec
    "data_sha256",  # of the user's own file
}
"""Fields that a run sets itself, so that they have no flag."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print below its usage."""
        raise UserError(message)


def build_parser(task: Task) -> Parser:
    """All flags of a task: the command's own and one for each field."""
    parser = Parser(prog="compare.py", allow_abbrev=False)
    parser.add_argument("--task", help=f"one of {', '.join(task_names())}")
    parser.add_argument(
        "--list", action="store_true", help="tasks, frameworks, cells"
    )
    parser.add_argument("--frameworks", nargs="+", help=", ".join(FRAMEWORKS))
    parser.add_argument("--cells", nargs="+", help=", ".join(CELLS))
    parser.add_argument("--seeds", type=int, help="number of seeds")
    parser.add_argument("--preset", default="standard")
    parser.add_argument("--init", default="matched", help=", ".join(INITS))
    parser.add_argument("--device", default="auto", help=", ".join(DEVICES))
    parser.add_argument(
        "--precision", default="float32", help=", ".join(PRECISIONS)
    )
    parser.add_argument(
        "--threads",
        type=int,
        default=task.threads,
        help=f"0: all cores (default: {task.threads})",
    )
    parser.add_argument(
        "--timeout", type=float, default=900.0, help="seconds a run may take"
    )
    parser.add_argument("--out", type=Path, help="default: results/TASK")
    parser.add_argument(
        "--sweep",
        action="append",
        metavar="NAME=VALUE,VALUE",
        help="a comparison for each value of a flag, and a picture over it; "
        "may be given again for a second flag",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="run again what is recorded"
    )
    parser.add_argument(
        "--checkpoints",
        **kind_of(True, None),
        default=True,
        help="keep each trained model: on (default) or off",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")
    parser.add_argument(
        "--match-parameters",
        type=int,
        default=0,
        metavar="N",
        help="choose the hidden size of each cell for about N parameters",
    )
    for title, record in records(task).items():
        add_flags(parser.add_argument_group(title), record, task.model.model)
    return parser


def records(task: Task) -> dict[str, Any]:
    """The records whose fields are flags."""
    return {"model": task.model, "train": task.train, "data": task.data}


def add_flags(group: Any, record: Any, model: str) -> None:
    """One flag for each field that the model heeds; absent unless given."""
    for item in dataclasses.fields(record):
        models = item.metadata.get("models")
        if item.name in FIXED or (models and model not in models):
            continue
        value = getattr(record, item.name)
        shown = "none" if value == "" else value
        group.add_argument(
            "--" + item.name.replace("_", "-"),
            dest=item.name,
            default=argparse.SUPPRESS,
            help=f"{item.metadata.get('help', '')} (default: {shown})",
            **kind_of(value, item.metadata.get("choices")),
        )


def kind_of(value: Any, choices: tuple[str, ...] | None) -> dict[str, Any]:
    """How argparse reads a flag whose default is this value."""
    if isinstance(value, bool):
        return {"type": on_or_off, "nargs": "?", "const": True}
    metavar = "|".join(choices) if choices else type(value).__name__.upper()
    return {"type": type(value), "metavar": metavar}


def on_or_off(text: str) -> bool:
    """The truth of "on" and "off"."""
    words = {"on": True, "off": False}
    if text not in words:
        raise argparse.ArgumentTypeError(f"'{text}' is neither on nor off")
    return words[text]
