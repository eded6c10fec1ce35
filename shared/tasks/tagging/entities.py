"""Precision, recall and F1 of named entities from their BIO tags."""

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
    predicted: int
    true: int


def entity_scores(
    truth: Tags, predicted: Tags
) -> tuple[EntityScore, dict[str, EntityScore]]:
    """The scores over all types, and those of each type.

    An entity is correct if its span and its type are, as in the CoNLL and
    WNUT-17 shared tasks: an I- that follows O or another type begins one. A
    score without anything to count is 0.
    """
    from nervaluate import Evaluator

    if list(map(len, truth)) != list(map(len, predicted)):
        raise ValueError("truth and prediction differ in their numbers of tags")
    tags = {tag for row in (*truth, *predicted) for tag in row}
    types = sorted({tag[2:] for tag in tags if tag != "O"})
    if not types:
        return EntityScore(0.0, 0.0, 0.0, 0, 0, 0), {}
    lists = [[list(row) for row in part] for part in (truth, predicted)]
    found = Evaluator(*lists, tags=types, loader="list").evaluate()
    by_type = {name: _strict(found["entities"][name]) for name in types}
    return _strict(found["overall"]), by_type


def sentence_counts(truth: Tags, predicted: Tags) -> np.ndarray:
    """Correct, predicted, and true entities of each sentence: (N, 3)."""
    counts = []
    for rows in zip(truth, predicted, strict=True):
        true, found = map(spans, rows)
        counts.append((len(true & found), len(found), len(true)))
    return np.array(counts, int).reshape(-1, 3)


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """First word, last word, and type of each entity, as `entity_scores`."""
    found: set[tuple[int, int, str]] = set()
    begin, kind = 0, ""
    for place, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            found.add((begin, place - 1, kind))
            kind = ""
        if tag != "O" and not kind:
            begin, kind = place, tag[2:]
    return found


def tags_of(
    indices: np.ndarray, lengths: np.ndarray, tags: Sequence[str]
) -> list[list[str]]:
    """Tag indices (N, T) as tags, without the padding."""
    return [
        [tags[index] for index in row[:length]]
        for row, length in zip(indices, lengths, strict=True)
    ]


def _strict(by_strategy: dict[str, Any]) -> EntityScore:
    found = by_strategy["strict"]
    return EntityScore(
        float(found.precision),
        float(found.recall),
        float(found.f1),
        found.correct,
        found.actual,
        found.possible,
    )
