"""`compare.py translate`: what a trained model makes of sentences.

Any framework reads the weights, whichever trained them, and all write the
same target.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from comparisons.arguments.checkpoints import (
    checkpoint_path,
    pair_tasks,
    pairs_of,
)
from comparisons.arguments.flags import Parser, add_flags
from comparisons.arguments.texts import (
    Example,
    examples,
    in_batches,
    joined,
    left_out_of,
)
from comparisons.commands.text_stream import send
from comparisons.frameworks import FRAMEWORKS, get_framework
from comparisons.runs.trained import Ask, model_worker, title
from shared.decoding.options import DecodingOptions
from shared.errors import UserError, unknown
from shared.specs import CELLS, DEVICES
from shared.weights.checkpoints import load_checkpoint

TOOL = "translate"
"""The command, and the task unless another is asked for."""

PRECISIONS = ("float32", "float64")


def main(arguments: list[str]) -> int:
    """Print the target of each source, in their order."""
    options = parse(arguments, TOOL, TOOL)
    if not options.text and options.file is None:
        raise UserError("there is nothing to read; give --text or --file")
    path = checkpoint_path(options, pair_tasks())
    trained = load_checkpoint(path)
    codec, kept = pairs_of(trained, path, options)
    framework = options.framework or trained.run.framework
    search = search_of(options)
    read = examples(options.text, options.file, codec, kept)
    where = (options.timeout, options.device, options.precision)
    print(f"{title(trained)}\nread with {framework}", file=sys.stderr)
    try:
        with model_worker(trained, framework, *where) as ask:
            for batch in in_batches(read):
                left_out_of(batch, codec, kept)
                for symbols in targets_of(ask, path, batch, search):
                    send(codec.decode(symbols, kept) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def parse(arguments: list[str], tool: str, task: str) -> Namespace:
    """The command line of a tool that writes targets; raises UserError."""
    parser = Parser(prog=f"compare.py {tool}", allow_abbrev=False)
    parser.add_argument("--task", default=task, help=", ".join(pair_tasks()))
    parser.add_argument(
        "--framework",
        help="what writes, and what trained, unless --checkpoint is given: "
        + ", ".join(FRAMEWORKS),
    )
    parser.add_argument("--cell", help=", ".join(CELLS))
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--out", type=Path, help="default: results/TASK")
    where.add_argument(
        "--checkpoint",
        type=Path,
        help="a folder of best/, or a *.safetensors of a run",
    )
    if tool == TOOL:
        parser.add_argument("--text", action="append", default=[])
        parser.add_argument("--file", help="one text a line; -: standard input")
    add_flags(parser, DecodingOptions(), "seq2seq")
    parser.add_argument("--device", default="cpu", help=", ".join(DEVICES))
    parser.add_argument(
        "--precision", default="float32", help=", ".join(PRECISIONS)
    )
    parser.add_argument("--timeout", type=float, default=900.0)
    options, rest = parser.parse_known_args(arguments)
    if rest:
        flags = list(parser._option_string_actions)
        raise UserError(unknown("flag", rest[0], flags))
    check(options)
    return options


def check(options: Namespace) -> None:
    """Raise UserError for a value that is none of its choices."""
    for name, choices in (
        ("task", pair_tasks()),
        ("cell", (None, *CELLS)),
        ("device", DEVICES),
        ("precision", PRECISIONS),
    ):
        value = getattr(options, name)
        if value not in choices:
            raise UserError(unknown(name, value, filter(None, choices)))
    if options.framework is not None:
        get_framework(options.framework)


def search_of(options: Namespace) -> DecodingOptions:
    """How to decode, checked."""
    given, names = vars(options), asdict(DecodingOptions())
    return DecodingOptions(
        **{name: given[name] for name in names if name in given}
    )


def targets_of(
    ask: Ask, path: Path, batch: list[Example], search: DecodingOptions
) -> Iterator[np.ndarray]:
    """The symbols of each target (n,), -1 past its end."""
    x, lengths = joined(batch)
    answer = ask(
        "translate",
        path=str(path.resolve()),
        x=x.tolist(),
        lengths=lengths.tolist(),
        search=asdict(search),
    )
    yield from np.array(answer["symbols"], np.int32)
