"""Texts to predict: read, checked, encoded and padded together."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.arguments.terminal import complain
from shared.batching.chunks import PREDICTION_CHUNK
from shared.errors import UserError
from shared.files.io import numbered_lines
from shared.task import LabelCodec, Seq2SeqCodec
from shared.text.tokens import plain_text

STEPS = 16
"""Sizes of a batch are multiples of it, so that few shapes are compiled."""


class Example(NamedTuple):
    """A text as a model reads it: x (1, T, ...) and lengths (1,)."""

    text: str
    x: np.ndarray
    lengths: np.ndarray


def examples(
    texts: list[str],
    file: str | None,
    codec: LabelCodec | Seq2SeqCodec,
    metadata: Mapping[str, Any],
) -> Iterator[Example]:
    """The texts, then the lines of a file; UserError names a bad line."""
    lines = [] if file is None else lines_of(file)
    for place, text in chain((("", text) for text in texts), lines):
        try:
            plain = plain_text(text)
            yield Example(plain, *codec.encode(plain, metadata))
        except UserError as error:
            raise UserError(f"{place}{error}") from error


def lines_of(file: str) -> Iterator[tuple[str, str]]:
    """The place of each line, for an error, and the line."""
    path = Path("/dev/stdin" if file == "-" else file)
    number = 0
    try:
        for number, line in numbered_lines(path):
            if number == 1:  # some editors begin UTF-8 with a mark
                line = line.removeprefix("\ufeff")
            yield f"{path}, line {number}: ", line
    except OSError as error:
        raise UserError(f"cannot read '{path}': {error.strerror}") from error
    if number == 0:
        raise UserError(f"'{path}' has no line")


def in_batches(read: Iterable[Example]) -> Iterator[list[Example]]:
    """The examples in batches; those before a bad one come before its error."""
    batch: list[Example] = []
    try:
        for example in read:
            batch.append(example)
            if len(batch) == PREDICTION_CHUNK:
                yield batch
                batch = []
    except UserError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


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
                f"'{example.text}' is longer than the "
                f"{metadata['max_length']} words that were learnt; left out: "
                f"{' '.join(words)}"
            )
