"""Precision, recall and F1 of named entities from their BIO tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

Tags = Sequence[Sequence[str]]
"""The tags of each sentence: O, B-type or I-type."""


class EntityScore(NamedTuple):
    """Scores from 0 to 1, and the counts behind them."""

    precision: float
    recall: float
    f1: float
    correct: int
    guessed: int
    true: int


def entity_scores(
    truth: Tags, guesses: Tags
) -> tuple[EntityScore, dict[str, EntityScore]]:
    """The scores over all types, and those of each type.

    An entity is correct if its span and its type are, as in the CoNLL and
    WNUT-17 shared tasks: an I- that follows O or another type begins one. A
    score without anything to count is 0.
    """
    from nervaluate import Evaluator

    if [len(tags) for tags in truth] != [len(tags) for tags in guesses]:
        raise ValueError("truth and guesses differ in their numbers of tags")
    types = {
        tag[2:]
        for sentences in (truth, guesses)
        for tags in sentences
        for tag in tags
        if tag != "O"
    }
    if not types:
        return EntityScore(0.0, 0.0, 0.0, 0, 0, 0), {}
    lists = [[list(tags) for tags in part] for part in (truth, guesses)]
    found = Evaluator(*lists, tags=sorted(types), loader="list").evaluate()
    by_type = {name: _score(found["entities"][name]) for name in sorted(types)}
    return _score(found["overall"]), by_type


def tags_of(
    indices: np.ndarray, lengths: np.ndarray, tags: Sequence[str]
) -> list[list[str]]:
    """Tag indices (N, T) as tags, without the padding."""
    return [
        [tags[index] for index in row[:length]]
        for row, length in zip(indices, lengths, strict=True)
    ]


def _score(by_strategy: dict[str, Any]) -> EntityScore:
    found = by_strategy["strict"]
    return EntityScore(
        float(found.precision),
        float(found.recall),
        float(found.f1),
        found.correct,
        found.actual,
        found.possible,
    )
