"""`compare.py translate`: translations by a trained model.

Any framework loads the weights, and all decode the same target.
"""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain

import numpy as np

from comparisons.arguments.checkpoints import of_options
from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import note
from comparisons.arguments.text_files import Texts
from comparisons.arguments.texts import (
    Example,
    answered,
    in_batches,
    joined,
    left_out_of,
)
from comparisons.commands.trained.models import TrainedModel, open_model
from comparisons.commands.trained.text_stream import send, until_closed
from comparisons.runs.trained import Ask
from shared.decoding.options import DecodingOptions
from shared.task import Seq2SeqCodec


def main(arguments: list[str]) -> int:
    """Print the target of each source, in their order.

    1 if a line of the file could not be read.
    """
    options = parse("translate", arguments)
    model = open_model(options, Seq2SeqCodec)
    rule = of_options(DecodingOptions, options)
    texts = Texts(options, model.codec, model.metadata)
    batches = in_batches(texts)
    first = next(batches)  # what is wrong with it is said before all else
    note(model.heading)
    with until_closed(), model.worker() as ask:

        def targets(sources: list[Example]) -> Iterator[str]:
            return targets_of(ask, model, sources, rule)

        for batch in chain([first], batches):
            for _, target in answered(batch, targets):
                send(f"{target or ''}\n")
    return int(texts.unreadable > 0)


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
