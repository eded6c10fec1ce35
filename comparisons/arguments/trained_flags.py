"""The flags of the commands that use a trained model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comparisons.arguments.checkpoints import pair_tasks, writing_tasks
from comparisons.arguments.flags import (
    add_checkpoint,
    add_device,
    add_fields,
    add_framework,
    add_out,
    add_timeout,
)
from comparisons.arguments.parser import Choices
from comparisons.arguments.types import at_least
from shared.decoding.options import DecodingOptions
from shared.decoding.sampling import Sampling
from shared.specs import CELLS

PRECISIONS = ("float32", "float64")
TEXT_FORMATS = ("text", "json")
PREDICTION_FORMATS = ("table", "json")
UNKNOWN = ("error", "skip")


def add_predict(parser: Any, *task: Any) -> None:
    """Which model, and which texts."""
    add_checkpoint(parser, required=True)
    add_texts(parser)
    add_framework(
        parser, "framework to predict with (default: the one that trained it)"
    )
    add_format(parser, PREDICTION_FORMATS)
    parser.add_argument(
        "--top",
        type=at_least(1),
        default=1,
        metavar="N",
        help="labels shown for each text in the table",
    )
    add_timeout(parser, 900.0, "the process")


def add_generate(parser: Any, *task: Any) -> None:
    """Which model, how tokens are sampled, what is written."""
    add_model(parser, Choices(writing_tasks), None)
    what = parser.add_argument_group("text or music")
    what.add_argument(
        "--prompt",
        metavar="TEXT",
        help="text to continue (default: a line of the training text)",
    )
    what.add_argument(
        "--unknown",
        choices=UNKNOWN,
        default="error",
        metavar="|".join(UNKNOWN),
        help="what to do with tokens of the prompt that are not in the "
        "vocabulary",
    )
    for flag, least, value, text in (
        ("--length", 1, 500, "tokens, or frames of music, to generate"),
        ("--samples", 1, 1, "texts to generate"),
        ("--seed", 0, 0, "seed of the sampling"),
        ("--frames", 1, 8, "frames of a piece of music to continue from"),
    ):
        what.add_argument(
            flag, type=at_least(least), default=value, metavar="N", help=text
        )
    what.add_argument(
        "--file",
        type=Path,
        help="file of the music (default: TASK-FRAMEWORK-CELL.mid)",
    )
    add_format(what, TEXT_FORMATS)
    sampling = parser.add_argument_group("sampling")
    add_fields(sampling, Sampling(), "language_model")


def add_translate(parser: Any, *task: Any) -> None:
    """Which model, and what it translates."""
    add_model(parser, Choices(pair_tasks), "translate")
    add_texts(parser)
    add_decoding(parser)


def add_chat(parser: Any, *task: Any) -> None:
    """Which model answers."""
    add_model(parser, Choices(pair_tasks), "chatbot")
    add_decoding(parser)


def add_model(parser: Any, tasks: Choices, task: str | None) -> None:
    """Which trained model, and what computes with it."""
    group = parser.add_argument_group("model")
    group.add_argument(
        "--task",
        metavar="NAME",
        choices=tasks,
        default=task,
        help="task that it was trained on: %(choices)s",
    )
    add_framework(
        group,
        "framework that trained the model, or that computes with the one of "
        "--checkpoint",
    )
    group.add_argument(
        "--cell",
        metavar="NAME",
        choices=CELLS,
        help=f"cell of the model: {', '.join(CELLS)}",
    )
    where = group.add_mutually_exclusive_group()
    add_out(where)
    add_checkpoint(where, " (default: the best of framework and cell)")
    add_device(group, "cpu")
    group.add_argument(
        "--precision",
        choices=PRECISIONS,
        default="float32",
        metavar="|".join(PRECISIONS),
        help="arithmetic",
    )
    add_timeout(group, 900.0, "the process")


def add_decoding(parser: Any) -> None:
    """How targets are decoded."""
    group = parser.add_argument_group("decoding")
    add_fields(group, DecodingOptions(), "seq2seq")


def add_texts(parser: Any) -> None:
    """Texts to read."""
    parser.add_argument(
        "--text", action="append", default=[], help="text to read; repeatable"
    )
    parser.add_argument(
        "--file", help="file with one text per line; -: standard input"
    )


def add_format(parser: Any, formats: tuple[str, ...]) -> None:
    """What is printed."""
    parser.add_argument(
        "--format",
        choices=formats,
        default=formats[0],
        metavar="|".join(formats),
        help="what to print",
    )
