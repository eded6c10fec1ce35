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
        """Some of the texts, in the order asked for."""
        texts = [self.texts[row] for row in rows]
        return LabelledTexts(texts, self.labels[rows], self.tokens.take(rows))


def repeats(parts: Mapping[str, LabelledTexts]) -> dict[str, int]:
    """How many texts stand more than once, for the facts of a data set.

    `repeated_in_test`: texts of that part that stand earlier in it too;
    `test_texts_in_train`: texts of that part that are also learned from.
    """
    facts = {
        f"repeated_in_{part}": len(found.texts) - len(set(found.texts))
        for part, found in parts.items()
    }
    seen = set(parts["train"].texts)
    for part in (part for part in parts if part != "train"):
        both = sum(text in seen for text in parts[part].texts)
        facts[f"{part}_texts_in_train"] = both
    return facts
