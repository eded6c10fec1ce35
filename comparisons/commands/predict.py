"""`compare.py predict`: what a trained model says of text.

Any framework reads the weights, whichever trained them. The data are not
needed: what a task's codec needs of them is in the checkpoint.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from comparisons.arguments.flags import Parser
from comparisons.arguments.texts import Example, examples, in_batches, joined
from comparisons.commands.predict_output import FORMATS, Answer
from comparisons.frameworks import FRAMEWORKS
from comparisons.runs.trained import Ask, model_worker, title
from shared.errors import UserError, unknown
from shared.task import LabelCodec
from shared.tasks import get_task
from shared.weights.checkpoints import load_checkpoint


def main(arguments: list[str]) -> int:
    """Print label and probability of each text, in their order."""
    options = parse(arguments)
    trained = load_checkpoint(options.checkpoint)
    codec = get_task(trained.run.task).codec
    if not isinstance(codec, LabelCodec) or trained.kept is None:
        raise UserError(f"task '{trained.run.task}' reads no text")
    framework = options.framework or trained.run.framework
    kept, path = trained.kept, str(options.checkpoint.resolve())
    read = examples(options.text, options.file, codec, kept)

    def answers(ask: Ask) -> Iterator[list[Answer]]:
        for batch in in_batches(read):
            outputs = outputs_of(ask, path, batch)
            yield [
                Answer(e.text, o[0], codec.decode(o, e.text, kept))
                for e, o in zip(batch, outputs, strict=True)
            ]

    with model_worker(trained, framework, options.timeout) as ask:
        try:
            heading = f"{title(trained)}\nread with {framework}"
            FORMATS[options.format](answers(ask), heading, options.top)
            sys.stdout.flush()
        except BrokenPipeError:  # who reads has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def parse(arguments: list[str]) -> Namespace:
    """The command line; raises UserError."""
    parser = Parser(prog="compare.py predict", allow_abbrev=False)
    parser.add_argument(
        "--checkpoint",
        type=Path,
        required=True,
        help="a folder of best/, or a *.safetensors of a run",
    )
    parser.add_argument("--text", action="append", default=[])
    parser.add_argument("--file", help="one text a line; -: standard input")
    names = ", ".join(FRAMEWORKS)
    parser.add_argument(
        "--framework", help=f"default: that which trained it; {names}"
    )
    parser.add_argument("--format", default="table", help=" or ".join(FORMATS))
    parser.add_argument(
        "--top", type=int, default=1, help="labels shown in the table"
    )
    parser.add_argument("--timeout", type=float, default=900.0)
    options = parser.parse_args(arguments)
    if options.format not in FORMATS:
        raise UserError(unknown("format", options.format, FORMATS))
    if options.top < 1:
        raise UserError(f"top must be at least 1, not {options.top}")
    if not options.text and options.file is None:
        raise UserError("there is nothing to read; give --text or --file")
    return options


def outputs_of(
    ask: Ask, path: str, batch: list[Example]
) -> Iterator[np.ndarray]:
    """The outputs (1, K) or (1, T, K) of each example, as if read alone."""
    x, lengths = joined(batch)
    answer = ask(
        "predict",
        path=path,
        x=x.tolist(),
        x_type=str(x.dtype),
        lengths=lengths.tolist(),
    )
    outputs = np.array(answer["outputs"], np.float32)
    for example, row in zip(batch, outputs, strict=True):
        ends = example.x.shape[1] if row.ndim == 2 else None
        yield row[None, :ends]
