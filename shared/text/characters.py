"""A text as indices of its distinct characters, in few bytes each."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

PIECE = 1 << 20
"""Characters that are encoded or renumbered at once."""

ROOM = 1 << 24
"""Characters by which the memory of a text grows as it is read."""

UNSEEN = -1


@dataclass(frozen=True, eq=False)
class EncodedText:
    """P characters as indices (P,) into code points (C,)."""

    indices: np.ndarray
    points: np.ndarray

    def __len__(self) -> int:
        return len(self.indices)

    def __getitem__(self, places: slice) -> "EncodedText":
        return EncodedText(self.indices[places], self.points)

    def __str__(self) -> str:
        codes = self.points[self.indices].astype("<u4")
        return codes.tobytes().decode("utf-32-le", "surrogatepass")

    def used(self) -> np.ndarray:
        """The code points that occur."""
        flags = np.zeros(len(self.points), bool)
        for piece in pieces(self.indices):
            flags[piece] = True
        used: np.ndarray = self.points[flags]
        return used


def index_type(size: int) -> np.dtype:
    """The smallest type of the indices below a size, and of -1."""
    return np.min_scalar_type(-max(size, 1))


def pieces(values: np.ndarray) -> Iterator[np.ndarray]:
    """Views of consecutive values."""
    return (values[i : i + PIECE] for i in range(0, len(values), PIECE))


def encode(text: str) -> EncodedText:
    return encode_blocks(
        text[i : i + PIECE] for i in range(0, len(text), PIECE)
    )


def encode_blocks(blocks: Iterable[str]) -> EncodedText:
    """The text of consecutive blocks; only its indices grow with it."""
    index = np.full(sys.maxunicode + 1, UNSEEN, np.int32)
    points, length = np.empty(0, np.uint32), 0
    indices = np.empty(0, np.int8)
    for block in blocks:
        codes = np.frombuffer(block.encode("utf-32-le", "surrogatepass"), "<u4")
        new = np.unique(codes[index[codes] == UNSEEN])
        index[new] = np.arange(len(points), len(points) + len(new))
        points = np.concatenate([points, new])
        indices = indices.astype(index_type(len(points)), copy=False)
        end = length + len(codes)
        if end > len(indices):
            # In place: a new array would be a second copy of the text.
            indices.resize(end + ROOM, refcheck=False)
        indices[length:end] = index[codes]
        length = end
    indices.resize(length, refcheck=False)
    return EncodedText(indices, points)
