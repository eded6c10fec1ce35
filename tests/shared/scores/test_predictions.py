"""Logits become labels with probabilities, and text is normalized."""

import numpy as np
import pytest

from shared.errors import SpecError
from shared.tasks.classification.scores import predictions
from shared.text.tokens import plain_text


def test_labels_of_each_text_are_sorted_by_probability():
    logits = np.log(np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]]))
    first, second = predictions(logits, ["one", "two"], ["a", "b", "c"])
    assert first[:2] == ("one", "b")
    assert second[:2] == ("two", "a")
    assert first.probability == pytest.approx(0.5)
    assert [label for label, _ in first.probs] == ["b", "c", "a"]
    probs = dict(first.probs)
    assert probs == pytest.approx({"a": 0.2, "b": 0.5, "c": 0.3})


@pytest.mark.parametrize(
    ("logit", "label", "probability"),
    [(np.log(3.0), "yes", 0.75), (-np.log(4.0), "no", 0.8), (900.0, "yes", 1)],
)
def test_one_logit_is_that_of_the_second_label(logit, label, probability):
    logits = np.array([[logit]], np.float32)
    (found,) = predictions(logits, ["text"], ["no", "yes"])
    assert found.label == label
    assert found.probability == pytest.approx(probability)
    assert sum(share for _, share in found.probs) == pytest.approx(1.0)


@pytest.mark.parametrize("shape", [(1, 1), (1, 3), (2, 2)])
def test_outputs_of_other_texts_or_labels_are_refused(shape):
    labels = ["a", "b"] if shape[1] > 1 else ["a", "b", "c"]
    with pytest.raises(ValueError, match="texts"):
        predictions(np.zeros(shape), ["text"], labels)


def test_text_is_composed_and_trimmed():
    assert plain_text(" Andre\u0301\t\n") == "Andr\u00e9"


@pytest.mark.parametrize(
    ("text", "words"), [(" \t", "is empty"), ("a\udcff", "is not UTF-8")]
)
def test_invalid_text_is_refused(text, words):
    with pytest.raises(SpecError, match=words):
        plain_text(text)
