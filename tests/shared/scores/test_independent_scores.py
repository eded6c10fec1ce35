"""Each score against values worked out here, on examples of unequal length."""

from __future__ import annotations

import math

import numpy as np
import pytest
from factories.tagged import guessing, made

from shared import metrics
from shared.specs import Split
from shared.task import Dataset
from shared.tasks.audio import piano_rolls
from shared.tasks.forecasting.scaling import naive_error
from shared.tasks.forecasting.scores import errors
from shared.tasks.memory import copy, synthetic
from shared.tasks.tagging import scores as tagging
from shared.tasks.tagging.entities import entity_scores

RNG = np.random.default_rng(5)


def test_scores_of_tags_leave_padding_out():
    dataset = made()
    found = tagging.score(guessing(dataset, "D N N N", "N"), "test", dataset)
    assert found["accuracy"] == 3 / 5
    # Not in training: Dog (N), internationalisation (N).
    assert found["unseen_accuracy"] == 1.0
    words = tagging.details(guessing(dataset, "D N N D", "A"), dataset)["words"]
    assert words == [
        {"of": "in training", "count": 3, "score": 0.6667},
        {"of": "unseen", "count": 2, "score": 0.5},
    ]


def spans(tags):
    """Spans of BIO tags as the CoNLL shared tasks count them."""
    found, begin, kind = set(), 0, ""
    for place, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            found.add((begin, place, kind))
            kind = ""
        if tag != "O" and not kind:
            begin, kind = place, tag[2:]
    return found


def test_entities_are_those_of_a_count_by_spans():
    tags = ["O", "B-a", "I-a", "B-b", "I-b"]
    lengths = RNG.integers(1, 9, 40)
    truth, predicted = (
        [RNG.choice(tags, n).tolist() for n in lengths] for _ in range(2)
    )
    both = [
        {(row, *span) for row, one in enumerate(part) for span in spans(one)}
        for part in (truth, predicted)
    ]
    total, _ = entity_scores(truth, predicted)
    correct = len(both[0] & both[1])
    assert (total.correct, total.true) == (correct, len(both[0]))
    assert total.predicted == len(both[1]) != total.true
    assert total.precision == pytest.approx(correct / len(both[1]))
    assert total.recall == pytest.approx(correct / len(both[0]))
    assert total.f1 == pytest.approx(2 * correct / sum(map(len, both)))


def test_one_logit_is_decided_at_0_and_ranked_by_its_value():
    targets = RNG.integers(0, 2, 101)
    logits = RNG.normal(0.3 * targets, 0.5)[:, None]
    positive, truth = logits[:, 0] > 0, targets == 1
    correct = (positive & truth).sum()
    expected = 2 * correct / (positive.sum() + truth.sum())
    assert metrics.f1(logits, targets) == pytest.approx(expected)
    gaps = logits[truth, 0][:, None] - logits[~truth, 0]
    area = ((gaps > 0) + 0.5 * (gaps == 0)).mean()
    assert metrics.roc_auc(logits, targets) == pytest.approx(area)


def test_mase_is_in_units_of_the_seasonal_naive_error():
    values = np.array([0.0, 10.0, 2.0, 13.0, 6.0, 11.0])[:, None]
    assert naive_error(values, 2) == pytest.approx((2 + 3 + 4 + 2) / 4)
    y = np.array([[1.0, 4.0], [5.0, 2.0]], np.float32)
    split = Split(np.zeros((2, 3, 1), np.float32), y, None)
    metadata = {"residual": False, "horizon": 2, "naive_error": 2.75}
    dataset = Dataset(split, split, split, 1, 2, metadata=metadata)
    forecast = np.array([[2.0, 4.0], [2.0, 0.0]])[:, :, None]
    found = errors(forecast, "test", dataset)
    assert found["mae"] == pytest.approx(6 / 4)
    assert found["mase"] == pytest.approx(6 / 4 / 2.75)
    assert found["mse"] == pytest.approx((1 + 9 + 4) / 4)
    assert found["rmse"] == pytest.approx(math.sqrt(14 / 4))


def test_frames_of_pieces_of_unequal_length_count_alike():
    y = np.full((2, 3, 88), -1, np.int8)
    y[0], y[1, :1] = 0, 1
    split = Split(np.zeros(y.shape, np.float32), y, np.array([3, 1]))
    dataset = Dataset(split, split, split, 88, 88)
    logits = np.full(y.shape, -5.0)
    logits[1, 0, :44] = 5.0  # half of the keys that sound
    found = piano_rolls.score(logits, "test", dataset)
    right, wrong = np.logaddexp(0, -5.0), np.logaddexp(0, 5.0)
    expected = (3 * 88 * right + 44 * (right + wrong)) / 4
    assert found["nll"] == pytest.approx(expected)
    assert found["f1"] == pytest.approx(2 * 44 / (44 + 88))


def test_scores_of_memory_count_the_steps_with_a_target():
    y = np.array([[-1, 0, 1], [-1, 1, 1]])
    split = Split(np.zeros((2, 3, 1), np.int32), y, None)
    dataset = Dataset(split, split, split, 2, 2)
    outputs = np.zeros((2, 3, 2))
    outputs[..., 0] = math.log(3)  # 0 has the probability 3/4
    found = synthetic.score(outputs, "test", dataset)
    assert found["accuracy"] == 1 / 4
    expected = (math.log(4 / 3) + 3 * math.log(4)) / 4
    assert found["loss"] == pytest.approx(expected)


def test_copies_are_scored_on_the_copied_symbols():
    y = np.zeros((2, 15), np.int32)
    y[:, -copy.COPIED :] = 3
    split = Split(np.zeros((2, 15, 1), np.int32), y, None)
    dataset = Dataset(split, split, split, 10, 9)
    outputs = np.eye(9)[y]
    outputs[0, -1], outputs[1, 0] = np.eye(9)[5], np.eye(9)[5]
    found = copy.score(outputs, "test", dataset)
    assert found["recall"] == 19 / 20
    assert found["exact"] == 1 / 2  # a wrong blank is none of the symbols
