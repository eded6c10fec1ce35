"""Entity scores against cases worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shared.tasks.tagging.entities import (
    EntityScore,
    entity_scores,
    sentence_counts,
    tags_of,
)


def counts(score: EntityScore) -> tuple[int, int, int]:
    return score.correct, score.predicted, score.true


def scored(truth: str, predicted: str) -> tuple[int, int, int]:
    """Correct, guessed and true entities of one sentence."""
    return counts(entity_scores([truth.split()], [predicted.split()])[0])


@pytest.mark.parametrize(
    ("truth", "predicted", "expected"),
    [
        ("B-x I-x O B-y", "B-x I-x O B-y", (2, 2, 2)),
        # A span too short, too long, or of another type is wrong.
        ("B-x I-x I-x", "B-x I-x O", (0, 1, 1)),
        ("B-x I-x O", "B-x I-x I-x", (0, 1, 1)),
        ("B-x I-x", "B-y I-y", (0, 1, 1)),
        # Two entities side by side, and the same words as one.
        ("B-x B-x", "B-x B-x", (2, 2, 2)),
        ("B-x B-x", "B-x I-x", (0, 1, 2)),
        # An I- begins an entity after O, after another type, and at first.
        ("B-x O B-y", "I-x O I-y", (2, 2, 2)),
        ("B-x B-y I-y", "B-x I-y I-y", (2, 2, 2)),
        ("B-x I-x I-x", "B-x I-y I-x", (0, 3, 1)),
        ("O O", "O B-x", (0, 1, 0)),
        ("B-x O", "O O", (0, 0, 1)),
        # A type may have a hyphen.
        ("B-creative-work I-creative-work", "B-creative-work O", (0, 1, 1)),
    ],
)
def test_spans_and_types_must_both_be_right(truth, predicted, expected):
    assert scored(truth, predicted) == expected
    counts_of = sentence_counts([truth.split()], [predicted.split()])
    assert tuple(counts_of[0]) == expected


def test_scores_by_hand_over_all_types_and_of_each():
    truth = [["B-p", "I-p", "O", "B-l"], ["B-p", "O"], ["O", "O"]]
    predicted = [["B-p", "I-p", "O", "B-p"], ["B-p", "O"], ["B-g", "O"]]
    whole, by_type = entity_scores(truth, predicted)
    assert counts(whole) == (2, 4, 3)
    assert whole.precision == pytest.approx(2 / 4)
    assert whole.recall == pytest.approx(2 / 3)
    assert whole.f1 == pytest.approx(4 / 7)
    assert list(by_type) == ["g", "l", "p"]
    assert by_type["p"].f1 == pytest.approx(0.8)
    assert by_type["l"] == EntityScore(0, 0, 0, 0, 0, 1)
    assert by_type["g"] == EntityScore(0, 0, 0, 0, 1, 0)


def test_an_entity_ends_with_its_sentence():
    whole, _ = entity_scores([["O", "B-x"], ["B-x"]], [["O", "B-x"], ["I-x"]])
    assert counts(whole) == (2, 2, 2)


def test_no_entity_at_all_scores_0():
    assert entity_scores([["O"], []], [["O"], []]) == (
        EntityScore(0, 0, 0, 0, 0, 0),
        {},
    )
    assert entity_scores([], [])[0].f1 == 0


def test_unlike_numbers_of_tags_are_refused():
    with pytest.raises(ValueError, match="differ"):
        entity_scores([["O", "O"]], [["O"]])
    with pytest.raises(ValueError, match="differ"):
        entity_scores([["O"]], [["O"], ["O"]])


def test_indices_become_tags_without_the_padding():
    indices = np.array([[1, 2, 0], [0, 0, 0]])
    found = tags_of(indices, np.array([2, 1]), ["O", "B-x", "I-x"])
    assert found == [["B-x", "I-x"], ["O"]]
