"""Tokens as indices: characters here, words elsewhere."""

from collections.abc import Iterable, Sequence

import numpy as np

PADDING = 0
UNKNOWN = 1


class Vocabulary:
    """Tokens as indices from 2 on, after padding and the unknown token."""

    def __init__(self, sequences: Iterable[Sequence[str]]) -> None:
        tokens = {token for sequence in sequences for token in sequence}
        self.tokens = tuple(sorted(tokens))
        self._index = {s: i for i, s in enumerate(self.tokens, UNKNOWN + 1)}

    def __len__(self) -> int:
        """The size V, with padding and the unknown token."""
        return len(self.tokens) + UNKNOWN + 1

    def encode(
        self, sequences: Sequence[Sequence[str]], steps: int = 0
    ) -> tuple[np.ndarray, np.ndarray]:
        """Indices (N, T) int32, padded with 0, and lengths (N,) int32.

        T is the longest sequence, or `steps` if that is more.
        """
        lengths = np.array([len(s) for s in sequences], dtype=np.int32)
        longest = max(steps, int(lengths.max(initial=0)))
        indices = np.full((len(sequences), longest), PADDING, dtype=np.int32)
        for row, sequence in enumerate(sequences):
            found = [self._index.get(s, UNKNOWN) for s in sequence]
            indices[row, : len(sequence)] = found
        return indices, lengths
