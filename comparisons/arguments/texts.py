"""Texts to predict: read, checked, encoded and padded together."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

import numpy as np

from comparisons.arguments.terminal import complain
from comparisons.arguments.text_lines import Line, lines_of
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

LONGEST = 20_000
"""Words or characters of the longest line of a file that is read."""

HELD = 10_000
"""Lines without a readable one among them after which a file is given up."""

NOTED = 20
"""Lines that cannot be read and are named; of others the number is."""

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


class Texts:
    """The texts of --text and the lines of --file, each an example.

    A bad text raises UserError. A blank or a bad line is an example without
    steps, so that answers and lines correspond; a bad one is reported.
    unreadable: how many of them there were.
    """

    def __init__(
        self,
        options: Namespace,
        codec: LabelCodec | Seq2SeqCodec,
        metadata: Mapping[str, Any],
    ) -> None:
        self.texts, self.file = options.text, options.file
        self.encoding = options.encoding
        self.codec, self.metadata = codec, metadata
        self.unreadable = 0
        if not self.texts and self.file is None:
            raise UserError("there is nothing to read; give --text or --file")
        if self.encoding and self.file is None:
            raise UserError("--encoding is of --file, which is not given")

    def __iter__(self) -> Iterator[Example]:
        yield from examples(self.texts, self.codec, self.metadata)
        if self.file is None:
            return
        for number, example in self.from_first_readable():
            if example.fault:
                self.unreadable += 1
                if self.unreadable <= NOTED:
                    where = place(self.file, number)
                    complain(f"{where}skipped: {example.fault}")
            yield example
        if (more := self.unreadable - NOTED) > 0:
            complain(f"{more:,} more lines of '{self.file}' cannot be read")

    def from_first_readable(self) -> Iterator[tuple[int, Example]]:
        """Numbered lines; UserError if none of the first ones is readable."""
        held: list[tuple[int, Example]] = []
        answered = False
        for line in lines_of(self.file, self.encoding):
            example = self.of_line(line)
            answered |= example.readable
            held.append((line.number, example))
            if answered:
                yield from held
                held = []
            elif len(held) == HELD:
                break
        if answered:
            return
        faults = [(n, example.fault) for n, example in held if example.fault]
        if not faults:
            raise UserError(f"'{self.file}' has only blank lines")
        number, fault = faults[0]
        more = "; no other line can be read either" if len(held) > 1 else ""
        raise UserError(f"{place(self.file, number)}{fault}{more}")

    def of_line(self, line: Line) -> Example:
        if line.fault or not line.text.strip():
            return Example(line.text, NOTHING, NOTHING[0], line.fault)
        try:
            (example,) = examples([line.text], self.codec, self.metadata)
        except UserError as error:
            fault = shortened(str(error), 2 * SHOWN)
            return Example(line.text, NOTHING, NOTHING[0], fault)
        if (size := example.x.shape[1]) > LONGEST:
            fault = f"of {size:,} words or characters; at most {LONGEST:,}"
            return Example(line.text, NOTHING, NOTHING[0], fault)
        return example


def examples(
    texts: Iterable[str],
    codec: LabelCodec | Seq2SeqCodec,
    metadata: Mapping[str, Any],
) -> Iterator[Example]:
    """The texts as a model reads them; UserError for one that it cannot."""
    for text in texts:
        plain = plain_text(text)
        yield Example(plain, *codec.encode(plain, metadata))


def place(file: str, number: int) -> str:
    name = "standard input" if file == "-" else file
    return f"{name}, line {number}: "


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
