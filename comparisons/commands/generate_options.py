"""The flags of `compare.py generate`, checked."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from comparisons.arguments.checkpoints import check_writes, writing_tasks
from comparisons.arguments.flags import Parser, add_flags
from comparisons.commands.text_stream import FORMATS
from comparisons.frameworks import FRAMEWORKS, get_framework
from shared.decoding.sampling import Sampling
from shared.errors import SpecError, UserError, unknown
from shared.specs import CELLS, DEVICES

PRECISIONS = ("float32", "float64")
UNKNOWN = ("error", "skip")
KINDS = {"unknown": "value of --unknown"}
"""Flags whose name does not say what they are."""

LEAST = {"frames": 1, "length": 1, "samples": 1, "seed": 0, "timeout": 1}


def parse(arguments: list[str]) -> Namespace:
    """The command line, each of its values checked; raises UserError."""
    parser = build_parser()
    options, rest = parser.parse_known_args(arguments)
    if rest:
        flags = list(parser._option_string_actions)
        raise UserError(unknown("flag", rest[0], flags))
    if options.task is not None:
        check_writes(options.task)
    if options.framework is not None:
        get_framework(options.framework)
    for name, choices in (
        ("cell", (None, *CELLS)),
        ("device", DEVICES),
        ("precision", PRECISIONS),
        ("unknown", UNKNOWN),
        ("format", FORMATS),
    ):
        value = getattr(options, name)
        if value not in choices:
            kind = KINDS.get(name, name)
            raise SpecError(unknown(kind, value, filter(None, choices)))
    for name, least in LEAST.items():
        value = getattr(options, name)
        if not value >= least:
            raise SpecError(f"{name} must be at least {least}, not {value}")
    return options


def build_parser() -> Parser:
    """All flags: which model, how it is read, what it writes."""
    parser = Parser(prog="compare.py generate", allow_abbrev=False)
    parser.add_argument("--task", help=f"one of {', '.join(writing_tasks())}")
    parser.add_argument(
        "--framework",
        help=f"what writes, and what trained, unless --checkpoint is given: "
        f"{', '.join(FRAMEWORKS)}",
    )
    parser.add_argument("--cell", help=", ".join(CELLS))
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--out", type=Path, help="default: results/TASK")
    where.add_argument(
        "--checkpoint",
        type=Path,
        help="a folder of best/, or a *.safetensors of a run",
    )
    add_flags(parser, Sampling(), "language_model")
    parser.add_argument("--length", type=int, default=500, help="symbols")
    parser.add_argument("--samples", type=int, default=1, help="texts")
    parser.add_argument("--seed", type=int, default=0, help="of the draws")
    parser.add_argument("--prompt", help="default: one of the training text")
    parser.add_argument(
        "--frames", type=int, default=8, help="of a piece to go on from"
    )
    parser.add_argument(
        "--file", type=Path, help="of music; default: TASK-FRAMEWORK-CELL.mid"
    )
    parser.add_argument(
        "--unknown",
        default="error",
        help="what the vocabulary lacks: " + ", ".join(UNKNOWN),
    )
    parser.add_argument("--format", default="text", help=", ".join(FORMATS))
    parser.add_argument("--device", default="cpu", help=", ".join(DEVICES))
    parser.add_argument(
        "--precision", default="float32", help=", ".join(PRECISIONS)
    )
    parser.add_argument("--timeout", type=float, default=900.0)
    return parser


def settings_of(options: Namespace) -> dict[str, Any]:
    """How symbols are drawn, checked."""
    given, names = vars(options), asdict(Sampling())
    rule = Sampling(**{n: given[n] for n in names if n in given})
    own = ("length", "samples", "seed", "precision", "device")
    return {**asdict(rule), **{name: given[name] for name in own}}
