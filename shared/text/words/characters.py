"""Words as indices, each followed by those of its shape and characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shared.text.scripts import lowered
from shared.text.tokens import Tokens, gather
from shared.text.vocabulary import Vocabulary
from shared.text.words.shapes import word_shape
from shared.text.words.vocabulary import WordVocabulary

Rows = Sequence[Sequence[str]]


class Spelling:
    """Encoder of words: a lower-case vocabulary, and cased characters.

    char_steps: maximal number of characters C of a word;
    shapes: those of cased words, None: not encoded.
    """

    def __init__(
        self,
        words: Sequence[str],
        characters: Sequence[str],
        char_steps: int,
        shapes: Sequence[str] | None = None,
    ) -> None:
        self.words = WordVocabulary(words)
        self.characters = Vocabulary([characters])
        self.char_steps = char_steps
        self.shapes = None if shapes is None else WordVocabulary(shapes)

    @classmethod
    def learn(
        cls, rows: Rows, min_count: int, char_steps: int, shapes: bool = False
    ) -> Spelling:
        """What occurs at least min_count times in training.

        A character is counted once per distinct word; rarer words, characters,
        and shapes train the unknown ones.
        """
        forms = [[lowered(word) for word in row] for row in rows]
        words = WordVocabulary.learn(forms, min_count)
        spelt = Counter(c for word in gather(rows).words for c in set(word))
        kept = [c for c, count in spelt.items() if count >= min_count]
        own = None
        if shapes:
            seen = [[word_shape(word) for word in row] for row in rows]
            own = WordVocabulary.learn(seen, min_count).words
        return cls(words.words, sorted(kept), char_steps, own)

    @classmethod
    def of(cls, metadata: Mapping[str, Any]) -> Spelling:
        """Inverse of `metadata`."""
        words, characters, char_steps = (
            metadata[n] for n in ("words", "characters", "char_steps")
        )
        return cls(words, characters, char_steps, metadata.get("shapes"))

    def metadata(self) -> dict[str, Any]:
        """The vocabularies, as JSON."""
        shapes = self.shapes and {"shapes": list(self.shapes.words)}
        return {
            "words": list(self.words.words),
            "characters": list(self.characters.tokens),
            "char_steps": self.char_steps,
            **(shapes or {}),
        }

    @property
    def columns(self) -> int:
        """The indices of a word: 1 + C, or 2 + C with its shape."""
        return 1 + (self.shapes is not None) + self.char_steps

    def encode(
        self, rows: Rows, steps: int = 0
    ) -> tuple[np.ndarray, np.ndarray]:
        """Words (N, T, 1 + C) int32, padded with 0, and lengths (N,) int32.

        With shapes (N, T, 2 + C): word, shape, characters.
        Nothing is cut: T is the longest row, or `steps` if that is more.
        """
        tokens = gather(rows)
        lengths = tokens.lengths.astype(np.int32)
        longest = max(steps, int(lengths.max(initial=0)))
        x = np.zeros((len(lengths), longest, self.columns), np.int32)
        mask = np.arange(longest) < lengths[:, None]  # (N, T)
        x[mask] = self._spelt(tokens)[tokens.indices]
        return x, lengths

    def _spelt(self, tokens: Tokens) -> np.ndarray:
        """Indices of each distinct word: (words, 1 + C) or (words, 2 + C)."""
        forms = [[lowered(word)] for word in tokens.words]
        ends = [ends_of(word, self.char_steps) for word in tokens.words]
        spelt, _ = self.characters.encode(ends, self.char_steps)
        columns = [self.words.indices(forms)[:, None], spelt]
        if self.shapes is not None:
            shapes = self.shapes.indices(
                [[word_shape(w)] for w in tokens.words]
            )
            columns.insert(1, shapes[:, None])
        return np.concatenate(columns, axis=1)


def ends_of(word: str, size: int) -> str:
    """The word; the middle of a long one is dropped."""
    if len(word) <= size:
        return word
    tail = size // 2
    return word[: size - tail] + word[len(word) - tail :]
