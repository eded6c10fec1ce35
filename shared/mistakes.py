"""The most confident mistakes of a classifier of texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from shared.exhibits import RunView, TextTable

MISTAKES = 10
"""Mistakes that a run records and a report shows."""


def confident_mistakes(
    probabilities: np.ndarray,
    truth: np.ndarray,
    classes: Sequence[str],
    texts: Sequence[str],
    of: str,
) -> list[dict[str, Any]]:
    """The mistakes of the highest probability: (N, K), (N,) -> JSON.

    `of` is what a text is called, "name" or "text".
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


def mistakes_table(runs: list[RunView], of: str, text: str) -> TextTable:
    """The most confident mistakes of one row, all seeds together."""
    found: dict[tuple[str, ...], dict[int, float]] = {}
    for run in runs:
        for mistake in run.detail["mistakes"]:
            place = tuple(mistake[f] for f in (of, "truth", "guess"))
            found.setdefault(place, {})[run.seed] = mistake["probability"]
    rows: list[tuple[str | float, ...]] = [
        (*place, max(by_seed.values()), ", ".join(map(str, by_seed)))
        for place, by_seed in found.items()
    ]
    rows.sort(key=lambda row: -float(row[3]))
    return TextTable(
        name="mistakes",
        title=f"Most confident mistakes, {runs[0].framework} {runs[0].cell}",
        text=text,
        headings=(of, "truth", "guess", "probability", "seeds"),
        rows=tuple(rows[:MISTAKES]),
    )
