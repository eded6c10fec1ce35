"""`compare.py predict`: labels of texts by a trained model.

Any framework loads the weights. The data are not needed: what a task's codec
needs of them is in the checkpoint.
"""

from collections.abc import Iterator

import numpy as np

from comparisons.arguments.command_line import parse
from comparisons.arguments.texts import Example, examples, in_batches, joined
from comparisons.commands.predict_output import FORMATS, Answer
from comparisons.commands.text_stream import until_closed
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import Ask, heading, model_worker
from shared.errors import UserError
from shared.task import LabelCodec
from shared.tasks import get_task


def main(arguments: list[str]) -> int:
    """Print label and probability of each text, in their order."""
    options = parse("predict", arguments)
    if not options.text and options.file is None:
        raise UserError("there is nothing to read; give --text or --file")
    trained = load_checkpoint(options.checkpoint)
    codec = get_task(trained.run.task).codec
    if not isinstance(codec, LabelCodec) or trained.metadata is None:
        raise UserError(f"task '{trained.run.task}' reads no text")
    framework = options.framework or trained.run.framework
    metadata, path = trained.metadata, str(options.checkpoint.resolve())
    read = examples(options.text, options.file, codec, metadata)

    def answers(ask: Ask) -> Iterator[list[Answer]]:
        for batch in in_batches(read):
            outputs = outputs_of(ask, path, batch)
            yield [
                Answer(e.text, o[0], codec.decode(o, e.text, metadata))
                for e, o in zip(batch, outputs, strict=True)
            ]

    shown = heading(trained, framework)
    where = (trained, framework, options.timeout)
    with until_closed(), model_worker(*where) as ask:
        FORMATS[options.format](answers(ask), shown, options.top)
    return 0


def outputs_of(
    ask: Ask, path: str, batch: list[Example]
) -> Iterator[np.ndarray]:
    """The outputs (1, K) or (1, T, K) of each example, as if read alone."""
    x, lengths = joined(batch)
    answer = ask("predict", path=path, x=x, lengths=lengths)
    for example, row in zip(batch, answer["outputs"], strict=True):
        ends = example.x.shape[1] if row.ndim == 2 else None
        yield row[None, :ends]
