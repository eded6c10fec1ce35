"""A vocabulary of words, and texts cut and padded to equal length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shared.errors import SpecError, unknown
from shared.text.tokens import Tokens, gather
from shared.text.vocabulary import PADDING, UNKNOWN

FIRST = UNKNOWN + 1
"""The index of the first word."""

TRUNCATIONS = {
    "pre": lambda offsets, lengths: offsets[1:] - lengths,
    "post": lambda offsets, lengths: offsets[:-1],
}
"""Which end of a long text is dropped -> where what remains begins.

Named as in Keras' `pad_sequences(truncating=...)`.
"""


class WordVocabulary:
    """Words as indices from 2 on; 0 is padding, 1 an unknown word."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._index = {word: i for i, word in enumerate(self.words, FIRST)}

    @classmethod
    def learn(
        cls,
        rows: Tokens | Sequence[Sequence[str]],
        min_count: int = 1,
        max_words: int = 0,
    ) -> WordVocabulary:
        """The words of the training texts, the most frequent first.

        Keeps words that occur at least `min_count` times, and at most
        `max_words` of them (0: all). Equally frequent words are in order of
        appearance.
        """
        tokens = _as_tokens(rows)
        found, first, counts = np.unique(
            tokens.indices, return_index=True, return_counts=True
        )
        order = np.lexsort((first, -counts))
        order = order[counts[order] >= min_count]
        chosen = found[order[: max_words or len(order)]]
        return cls([tokens.words[i] for i in chosen])

    def __len__(self) -> int:
        """The size V, with padding and the unknown word."""
        return len(self.words) + FIRST

    def __contains__(self, word: object) -> bool:
        return word in self._index

    def indices(self, rows: Tokens | Sequence[Sequence[str]]) -> np.ndarray:
        """Index of each token, list after list: (all tokens,) int32."""
        tokens = _as_tokens(rows)
        found = [self._index.get(word, UNKNOWN) for word in tokens.words]
        flat: np.ndarray = np.array(found, dtype=np.int32)[tokens.indices]
        return flat

    def encode(
        self,
        rows: Tokens | Sequence[Sequence[str]],
        steps: int = 0,
        truncate: str = "post",
    ) -> tuple[np.ndarray, np.ndarray]:
        """Indices (N, T) int32, padded with 0, and lengths (N,) int32.

        T is `steps`, and a longer text loses its beginning (truncate
        "pre") or its end ("post"); where `steps` is 0, nothing is cut and T
        is the longest text. A text without a token has length 0.
        """
        tokens = _as_tokens(rows)
        return pad(self.indices(tokens), tokens.offsets, steps, truncate)


def pad(
    values: np.ndarray,
    offsets: np.ndarray,
    steps: int = 0,
    truncate: str = "post",
) -> tuple[np.ndarray, np.ndarray]:
    """Values (all tokens,) of N lists as (N, T), padded with 0, and lengths.

    offsets: (N + 1,), where each list begins; otherwise see
        `WordVocabulary.encode`. Tags are padded like their words.
    """
    if truncate not in TRUNCATIONS:
        raise SpecError(unknown("truncate", truncate, TRUNCATIONS))
    full = np.diff(offsets)
    lengths = np.minimum(full, steps) if steps else full
    starts = TRUNCATIONS[truncate](offsets, lengths)
    width = steps or int(lengths.max(initial=0))
    padded = np.full((len(lengths), width), PADDING, dtype=np.int32)
    for row, start, length in zip(padded, starts, lengths, strict=True):
        row[:length] = values[start : start + length]
    return padded, lengths.astype(np.int32)


def _as_tokens(rows: Tokens | Sequence[Sequence[str]]) -> Tokens:
    return rows if isinstance(rows, Tokens) else gather(rows)
