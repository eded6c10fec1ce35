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
from comparisons.arguments.command_line import parse
from comparisons.arguments.texts import (
    Example,
    examples,
    in_batches,
    joined,
    left_out_of,
)
from comparisons.commands.text_stream import send
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import Ask, model_worker, title
from shared.decoding.options import DecodingOptions
from shared.errors import UserError


def main(arguments: list[str]) -> int:
    """Print the target of each source, in their order."""
    options = parse("translate", arguments)
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
