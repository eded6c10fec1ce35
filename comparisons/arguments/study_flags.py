"""The flags of the studies, and of the commands that show code and records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comparisons.arguments.flags import (
    add_checkpoint,
    add_frameworks,
    add_out,
    add_timeout,
)
from comparisons.arguments.run_flags import add_model
from comparisons.arguments.trained_flags import UNKNOWN
from shared.specs import CELLS
from shared.task import Task
from shared.tasks import task_names

FEATURES = (
    *("quote", "line", "end", "word", "upper", "vowel", "digit", "indent"),
    *("bracket", "comment"),
)
"""Features of a text that `study neurons` correlates units with."""

REPORT_FORMATS = ("html", "csv", "latex", "markdown", "parquet")
PARTS = ("model", "cell", "loss", "training", "weights")
"""Parts of the code of a task."""


def add_study_steps(parser: Any, task: Task | None, preset: str) -> None:
    """Those, and the example that is read."""
    what = parser.add_argument_group("example")
    what.add_argument("--text", help="text to read, where the task reads text")
    what.add_argument(
        "--example",
        type=int,
        metavar="N",
        help="number of the test example to read, from 0 (default: 0)",
    )
    add_checkpoint(what, " (default: untrained weights of seed 0)")
    add_model(parser, task, preset)


def add_study_attention(parser: Any, *task: Any) -> None:
    """Which model, and which sentences."""
    add_checkpoint(parser, ", of translate or chatbot", required=True)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--text", action="append", default=[], help="source text; repeatable"
    )
    what.add_argument(
        "--test",
        type=int,
        nargs="+",
        metavar="N",
        help="numbers of test sources, from 0 (default: the longest ones)",
    )
    add_frameworks(parser)
    add_out(parser)
    add_timeout(parser, 900.0, "a framework")


def add_study_neurons(parser: Any, *task: Any) -> None:
    """Which model, which text, and which units are shown."""
    add_checkpoint(parser, ", of a language model", required=True)
    parser.add_argument(
        "--text", help="text to read (default: of the validation split)"
    )
    parser.add_argument("--file", type=Path, help="text file to read instead")
    parser.add_argument(
        "--unknown",
        choices=UNKNOWN,
        default="error",
        metavar="|".join(UNKNOWN),
        help="what to do with tokens that are not in the vocabulary",
    )
    add_frameworks(parser, "the one that trained the model")
    parser.add_argument(
        "--layer",
        type=int,
        metavar="N",
        help="recurrent layer, from 0 (default: the last one)",
    )
    parser.add_argument(
        "--units",
        type=int,
        nargs="+",
        metavar="N",
        help="hidden units to show, from 0 (default: the strongest)",
    )
    parser.add_argument(
        "--features",
        nargs="+",
        choices=FEATURES,
        metavar="NAME",
        help=f"show the units that follow these: {', '.join(FEATURES)}",
    )
    add_out(parser)
    add_timeout(parser, 900.0, "a framework")


def add_code(parser: Any, *task: Any) -> None:
    """Which code."""
    names = task_names()
    parser.add_argument(
        "--task",
        metavar="NAME",
        choices=names,
        help=f"task, one of {', '.join(names)}",
    )
    parser.add_argument(
        "--part",
        metavar="NAME",
        choices=PARTS,
        help=f"part of the code: {', '.join(PARTS)} (default: all)",
    )
    parser.add_argument(
        "--cell",
        metavar="NAME",
        choices=CELLS,
        help=f"cell: {', '.join(CELLS)} (default: the task's)",
    )
    parser.add_argument(
        "--html",
        action="store_true",
        help="write code.html; of all tasks, unless --task names one",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write the page to this file"
    )


def add_report(parser: Any, *task: Any) -> None:
    """Which comparisons, and what is made of them."""
    parser.add_argument(
        "folders",
        nargs="+",
        type=Path,
        metavar="DIR",
        help="folders of comparisons, each with a runs.jsonl",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="file to write (default: DIR/report.html for one folder, "
        "./report.html for several; csv, latex and markdown are printed)",
    )
    parser.add_argument(
        "--format",
        choices=REPORT_FORMATS,
        default="html",
        metavar="NAME",
        help=f"format: {', '.join(REPORT_FORMATS)}",
    )
    parser.add_argument(
        "--against",
        type=Path,
        metavar="DIR",
        help="say what changed since the comparison in this folder",
    )


def add_completion(parser: Any, *task: Any) -> None:
    """Which shell."""
    parser.add_argument(
        "shell", choices=("bash", "zsh"), help="shell to write a script for"
    )
