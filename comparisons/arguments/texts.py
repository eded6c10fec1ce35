"""Texts to predict: read, checked, encoded and padded together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

import numpy as np

from comparisons.arguments.terminal import complain
from shared.batching.chunks import PREDICTION_CHUNK
from shared.errors import UserError
from shared.printable import shortened
from shared.task import LabelCodec, Seq2SeqCodec
from shared.text.tokens import plain_text

Answer = TypeVar("Answer")

STEPS = 16
"""Sizes of a batch are multiples of it, so that few shapes are compiled."""

BATCH_STEPS = 512 * PREDICTION_CHUNK
"""Steps of all examples of a batch, padded: long texts make small ones."""

SHOWN = 80
"""Characters of a text that a note shows."""

NOTHING = np.zeros((1, 0), np.int32)


class Example(NamedTuple):
    """A text as a model reads it: x (1, T, ...) and lengths (1,).

    A blank line has no steps; nor has one that cannot be read, whose fault says
    why.
    """

    text: str
    x: np.ndarray
    lengths: np.ndarray
    fault: str = ""

    @property
    def readable(self) -> bool:
        return self.x.size > 0


def examples(
    texts: Iterable[str],
    codec: LabelCodec | Seq2SeqCodec,
    metadata: Mapping[str, Any],
) -> Iterator[Example]:
    """The texts as a model reads them; UserError for one that it cannot."""
    for text in texts:
        plain = plain_text(text)
        yield Example(plain, *codec.encode(plain, metadata))


def in_batches(read: Iterable[Example]) -> Iterator[list[Example]]:
    """The examples in batches; those before an error come before it."""
    batch: list[Example] = []
    longest = 0
    try:
        for example in read:
            longest = max(longest, example.x.shape[1])
            if batch and longest * (len(batch) + 1) > BATCH_STEPS:
                yield batch
                batch, longest = [], example.x.shape[1]
            batch.append(example)
            if len(batch) == PREDICTION_CHUNK:
                yield batch
                batch, longest = [], 0
    except UserError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def answered(
    batch: list[Example],
    answers: Callable[[list[Example]], Iterable[Answer]],
) -> Iterator[tuple[Example, Answer | None]]:
    """Each example with the answer to it; None for one that is not readable."""
    readable = [example for example in batch if example.readable]
    found = iter(answers(readable) if readable else ())
    for example in batch:
        yield example, next(found) if example.readable else None


def joined(batch: list[Example]) -> tuple[np.ndarray, np.ndarray]:
    """All examples, padded with 0 to one size: x (N, T, ...), lengths (N,)."""
    sizes = np.max([example.x.shape[1:] for example in batch], axis=0)
    sizes = -(-sizes // STEPS) * STEPS
    x = np.zeros((len(batch), *sizes), batch[0].x.dtype)
    for row, example in zip(x, batch, strict=True):
        row[tuple(map(slice, example.x.shape[1:]))] = example.x[0]
    return x, np.concatenate([example.lengths for example in batch])


def left_out_of(
    batch: list[Example], codec: Seq2SeqCodec, metadata: Mapping[str, Any]
) -> None:
    """Print the words that are more than a source may have."""
    for example in batch:
        if words := codec.left_out(example.text, metadata):
            complain(
                f"'{shortened(example.text, SHOWN)}' is longer than the "
                f"{metadata['max_length']} words that were learnt; left out: "
                f"{shortened(' '.join(words), SHOWN)}"
            )
