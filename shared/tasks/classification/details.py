"""The most confident mistakes of a classifier of texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

MISTAKES = 10
"""Mistakes that a run records and a report shows."""


def confident_mistakes(
    probabilities: np.ndarray,
    truth: np.ndarray,
    classes: Sequence[str],
    texts: Sequence[str],
    of: str,
) -> list[dict[str, Any]]:
    """The mistakes of highest probability: (N, K), (N,) -> JSON.

    of: what a text is called, "name" or "text".
    """
    guess, certainty = probabilities.argmax(axis=1), probabilities.max(axis=1)
    wrong = np.flatnonzero(guess != truth)
    worst = wrong[np.argsort(-certainty[wrong], kind="stable")][:MISTAKES]
    return [
        {
            of: str(texts[row]),
            "truth": classes[truth[row]],
            "guess": classes[guess[row]],
            "probability": round(float(certainty[row]), 4),
        }
        for row in worst
    ]
