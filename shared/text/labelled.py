"""Texts with a class each, and what is repeated among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from shared.text.tokens import Tokens


class LabelledTexts(NamedTuple):
    """N texts, their classes (N,) int32 and their tokens."""

    texts: list[str]
    labels: np.ndarray
    tokens: Tokens

    def take(self, rows: np.ndarray) -> LabelledTexts:
        texts = [self.texts[row] for row in rows]
        return LabelledTexts(texts, self.labels[rows], self.tokens.take(rows))


def repeats(parts: Mapping[str, LabelledTexts]) -> dict[str, int]:
    """Counts of repeated texts, for the metadata of a data set.

    `repeated_in_test`: test texts that occur earlier in the test split;
    `test_texts_in_train`: test texts that are also training texts.
    """
    counts = {
        f"repeated_in_{part}": len(found.texts) - len(set(found.texts))
        for part, found in parts.items()
    }
    seen = set(parts["train"].texts)
    for part in (part for part in parts if part != "train"):
        both = sum(text in seen for text in parts[part].texts)
        counts[f"{part}_texts_in_train"] = both
    return counts
