"""Words as indices, each followed by those of its characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shared.text.scripts import lowered
from shared.text.tokens import Tokens, gather
from shared.text.vocabulary import Vocabulary
from shared.text.word_vocabulary import WordVocabulary

Rows = Sequence[Sequence[str]]


class Spelling:
    """Encoder of words: a lower-case vocabulary, and cased characters.

    char_steps: maximal number of characters C of a word.
    """

    def __init__(
        self, words: Sequence[str], characters: Sequence[str], char_steps: int
    ) -> None:
        self.words = WordVocabulary(words)
        self.characters = Vocabulary([characters])
        self.char_steps = char_steps

    @classmethod
    def learn(cls, rows: Rows, min_count: int, char_steps: int) -> Spelling:
        """Words and characters with at least min_count training occurrences.

        A character is counted once per distinct word; rarer ones train the
        unknown word and the unknown character.
        """
        forms = [[lowered(word) for word in row] for row in rows]
        words = WordVocabulary.learn(forms, min_count)
        spelt = Counter(c for word in gather(rows).words for c in set(word))
        kept = [c for c, count in spelt.items() if count >= min_count]
        return cls(words.words, sorted(kept), char_steps)

    @classmethod
    def of(cls, metadata: Mapping[str, Any]) -> Spelling:
        """Inverse of `metadata`."""
        return cls(
            *(metadata[n] for n in ("words", "characters", "char_steps"))
        )

    def metadata(self) -> dict[str, Any]:
        """Both vocabularies, as JSON."""
        return {
            "words": list(self.words.words),
            "characters": list(self.characters.tokens),
            "char_steps": self.char_steps,
        }

    def encode(
        self, rows: Rows, steps: int = 0
    ) -> tuple[np.ndarray, np.ndarray]:
        """Words (N, T, 1 + C) int32, padded with 0, and lengths (N,) int32.

        Nothing is cut: T is the longest row, or `steps` if that is more.
        """
        tokens = gather(rows)
        lengths = tokens.lengths.astype(np.int32)
        longest = max(steps, int(lengths.max(initial=0)))
        x = np.zeros((len(lengths), longest, 1 + self.char_steps), np.int32)
        inside = np.arange(longest) < lengths[:, None]  # (N, T)
        x[inside] = self._spelt(tokens)[tokens.indices]
        return x, lengths

    def _spelt(self, tokens: Tokens) -> np.ndarray:
        """Index and characters of each distinct word: (words, 1 + C)."""
        forms = [[lowered(word)] for word in tokens.words]
        ends = [ends_of(word, self.char_steps) for word in tokens.words]
        spelt, _ = self.characters.encode(ends, self.char_steps)
        indices = self.words.indices(forms)
        return np.concatenate([indices[:, None], spelt], axis=1)


def ends_of(word: str, size: int) -> str:
    """The word; the middle of a long one is dropped."""
    if len(word) <= size:
        return word
    tail = size // 2
    return word[: size - tail] + word[len(word) - tail :]
