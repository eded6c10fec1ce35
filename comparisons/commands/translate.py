"""`compare.py translate`: translations by a trained model.

Any framework loads the weights, and all decode the same target.
"""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from comparisons.arguments.checkpoints import of_options
from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import note
from comparisons.arguments.texts import (
    Example,
    examples,
    in_batches,
    joined,
    left_out_of,
)
from comparisons.commands.models import TrainedModel, open_model
from comparisons.commands.text_stream import send, until_closed
from comparisons.runs.trained import Ask
from shared.decoding.options import DecodingOptions
from shared.errors import UserError
from shared.task import Seq2SeqCodec


def main(arguments: list[str]) -> int:
    """Print the target of each source, in their order."""
    options = parse("translate", arguments)
    if not options.text and options.file is None:
        raise UserError("there is nothing to read; give --text or --file")
    model = open_model(options, Seq2SeqCodec)
    rule = of_options(DecodingOptions, options)
    texts = (options.text, options.file, model.codec, model.metadata)
    note(model.heading)
    with until_closed(), model.worker() as ask:
        for batch in in_batches(examples(*texts)):
            for text in targets_of(ask, model, batch, rule):
                send(f"{text}\n")
    return 0


def targets_of(
    ask: Ask, model: TrainedModel, batch: list[Example], rule: DecodingOptions
) -> Iterator[str]:
    """The target of each source; prints the words that a source is cut by."""
    left_out_of(batch, model.codec, model.metadata)
    x, lengths = joined(batch)
    path, search = str(model.path.resolve()), asdict(rule)
    answer = ask("translate", path=path, x=x, lengths=lengths, search=search)
    tokens: np.ndarray = answer["tokens"]  # (B, n), -1 past the end
    for row in tokens:
        yield model.codec.decode(row, model.metadata)
