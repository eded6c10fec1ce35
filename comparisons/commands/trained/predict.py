"""`compare.py predict`: labels of texts by a trained model.

Any framework loads the weights. The data are not needed: what a task's codec
needs of them is in the checkpoint.
"""

from collections.abc import Iterator
from itertools import chain

import numpy as np

from comparisons.arguments.checkpoints import codec_of_kind
from comparisons.arguments.command_line import parse
from comparisons.arguments.text_files import Texts
from comparisons.arguments.texts import (
    NOTHING,
    Example,
    answered,
    in_batches,
    joined,
)
from comparisons.commands.trained.predict_output import FORMATS, Answer
from comparisons.commands.trained.text_stream import until_closed
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import Ask, heading, model_worker
from shared.errors import UserError
from shared.task import LabelCodec


def main(arguments: list[str]) -> int:
    """Print label and probability of each text, in their order.

    1 if a line of the file could not be read.
    """
    options = parse("predict", arguments)
    trained = load_checkpoint(options.checkpoint)
    codec, metadata = codec_of_kind(trained, options.checkpoint, LabelCodec)
    texts = Texts(options, codec, metadata)
    framework = options.framework or trained.run.framework
    path = str(options.checkpoint.resolve())
    batches = in_batches(texts)
    first = next(batches)  # what is wrong with it is said before all else

    def answers(ask: Ask) -> Iterator[list[Answer]]:
        def outputs(readable: list[Example]) -> Iterator[np.ndarray]:
            return outputs_of(ask, path, readable)

        for batch in chain([first], batches):
            yield [
                Answer(e.text, NOTHING[0], [], e.fault)
                if o is None
                else Answer(e.text, o[0], codec.decode(o, e.text, metadata))
                for e, o in answered(batch, outputs)
            ]

    shown = heading(trained, framework)
    where = (trained, framework, options.timeout)
    with until_closed(), model_worker(*where) as ask:
        FORMATS[options.format](answers(ask), shown, options.top)
    return int(texts.unreadable > 0)


def outputs_of(
    ask: Ask, path: str, batch: list[Example]
) -> Iterator[np.ndarray]:
    """The outputs (1, K) or (1, T, K) of each example, as if read alone."""
    x, lengths = joined(batch)
    answer = ask("predict", path=path, x=x, lengths=lengths)
    if not np.isfinite(answer["outputs"]).all():
        raise UserError(f"'{path}' has outputs that are not finite (diverged?)")
    for example, row in zip(batch, answer["outputs"], strict=True):
        ends = example.x.shape[1] if row.ndim == 2 else None
        yield row[None, :ends]
