"""`compare.py translate`: translations by a trained model.

Any framework loads the weights, and all decode the same target.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from comparisons.arguments.checkpoints import (
    checkpoint_path,
    codec_of,
    of_options,
    tasks_with,
)
from comparisons.arguments.command_line import parse
from comparisons.arguments.texts import (
    Example,
    examples,
    in_batches,
    joined,
    left_out_of,
)
from comparisons.commands.text_stream import send, until_closed
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import Ask, heading, model_worker
from shared.decoding.options import DecodingOptions
from shared.errors import UserError
from shared.task import Seq2SeqCodec


def main(arguments: list[str]) -> int:
    """Print the target of each source, in their order."""
    options = parse("translate", arguments)
    if not options.text and options.file is None:
        raise UserError("there is nothing to read; give --text or --file")
    path = checkpoint_path(options, tasks_with(Seq2SeqCodec))
    trained = load_checkpoint(path)
    codec, kept = codec_of(trained, path, options, Seq2SeqCodec)
    framework = options.framework or trained.run.framework
    search = of_options(DecodingOptions, options)
    read = examples(options.text, options.file, codec, kept)
    where = (options.timeout, options.device, options.precision)
    print(heading(trained, framework), file=sys.stderr)
    with until_closed(), model_worker(trained, framework, *where) as ask:
        for batch in in_batches(read):
            left_out_of(batch, codec, kept)
            for tokens in targets_of(ask, path, batch, search):
                send(codec.decode(tokens, kept) + "\n")
    return 0


def targets_of(
    ask: Ask, path: Path, batch: list[Example], search: DecodingOptions
) -> Iterator[np.ndarray]:
    """The tokens of each target (n,), -1 past its end."""
    x, lengths = joined(batch)
    model = str(path.resolve())
    rule = asdict(search)
    answer = ask("translate", path=model, x=x, lengths=lengths, search=rule)
    yield from answer["symbols"]
