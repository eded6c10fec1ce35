"""Metrics against values computed by hand."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, f1_score

from shared import metrics

# Predictions 0, 0, 1, 1 of three classes; truth 0, 1, 1, 1.
LOGITS = np.array([[2, 1, 0], [2, 1, 0], [0, 2, 1], [0, 9, 1]], np.float32)
TRUTH = np.array([0, 1, 1, 1], np.int32)


def test_errors_of_forecasts():
    outputs = np.array([[1.0], [2.0]], np.float32)
    targets = np.array([[4.0], [-2.0]], np.float32)
    assert metrics.rmse(outputs, targets) == pytest.approx(12.5**0.5)
    assert metrics.mae(outputs, targets) == pytest.approx(3.5)


def test_squared_errors_are_means_over_all_values_of_an_example():
    targets = np.arange(12.0).reshape(2, 3, 2)
    errors = [[[1, 2], [3, 4], [5, 6]], [[0, 0], [0, 0], [0, 6]]]
    outputs = targets + np.array(errors)
    found = metrics.squared_errors(outputs, targets)
    assert found.tolist() == [91 / 6, 6.0]


def test_unlike_shapes_are_refused_instead_of_broadcast():
    with pytest.raises(ValueError, match=r"\(3, 1\)"):
        metrics.rmse(np.zeros((3, 1)), np.zeros(3))


def test_small_errors_survive_large_values():
    targets = np.full((10, 1), 4096.0)
    assert metrics.rmse(targets + 1e-6, targets) == pytest.approx(1e-6, 1e-3)


@pytest.mark.filterwarnings("error")  # of an absent class
def test_scores_of_classes():
    assert metrics.accuracy(LOGITS, TRUTH) == 0.75
    assert metrics.accuracy(LOGITS[:0], TRUTH[:0]) == 0
    assert metrics.accuracy(LOGITS[:, :2], TRUTH) == 0.75
    # F1 of class 0 is 2/3, of class 1 4/5, of the absent class 2 is 0.
    expected = (2 / 3 + 4 / 5 + 0) / 3
    assert metrics.macro_f1(LOGITS, TRUTH) == pytest.approx(expected)
    assert metrics.confusion(LOGITS, TRUTH).tolist() == [
        [1, 0, 0],
        [1, 2, 0],
        [0, 0, 0],
    ]


@pytest.mark.parametrize("seed", range(4))
def test_scores_of_classes_are_those_of_scikit_learn(seed):
    """Also where a class is absent, from the truth or from both."""
    draw = np.random.default_rng(seed)
    logits, truth = draw.normal(size=(40, 6)), draw.integers(0, 5, 40)
    logits[:, seed % 2] -= 10.0
    predicted, labels = logits.argmax(axis=1), np.arange(6)
    assert np.array_equal(
        metrics.confusion(logits, truth),
        confusion_matrix(truth, predicted, labels=labels),
    )
    macro = {"labels": labels, "average": "macro", "zero_division": 0}
    expected = f1_score(truth, predicted, **macro)
    assert metrics.macro_f1(logits, truth) == pytest.approx(expected, abs=1e-15)
    one, two = logits[:, :1] + 10.0 * (seed % 2 == 0), truth % 2
    expected = f1_score(two, one.ravel() > 0)
    assert metrics.f1(one, two) == pytest.approx(expected, abs=1e-15)


def test_probabilities_sum_to_one_and_do_not_overflow():
    found = metrics.probabilities(np.array([[1000.0, 1000.0], [0.0, -2000.0]]))
    assert found == pytest.approx(np.array([[0.5, 0.5], [1.0, 0.0]]))


def test_losses_ignore_padding():
    logits = np.log([[[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]]])
    losses = metrics.nll(logits, np.array([[0, -1]]))
    assert losses == pytest.approx(np.array([[np.log(2), 0.0]]))
    assert metrics.nll(logits[0], np.array([1, 2])) == pytest.approx(
        -np.log([0.25, 0.7])
    )
    last = metrics.nll(logits, np.array([[2, 2]]))
    assert last == pytest.approx(-np.log([[0.25, 0.7]]))


def test_losses_of_large_logits_do_not_overflow():
    logits = np.array([[1000.0, 1000.0], [-1000.0, -1000.0]])
    losses = metrics.nll(logits, np.array([0, 1]))
    assert losses == pytest.approx(np.full(2, np.log(2)))


def test_scikit_learn_is_imported_only_to_score():
    program = (
        "import sys, shared.metrics, shared.tasks.classification.names\n"
        "import shared.datasets.imdb, shared.datasets.sst2\n"
        "import shared.datasets.ewt, shared.datasets.wnut17\n"
        "import shared.tasks.tagging.entities\n"
        "import shared.tasks.classification.baselines\n"
        "heavy = {'sklearn', 'scipy', 'pooch', 'requests', 'tqdm'}\n"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == 0


# One logit each; predictions 1, 0, 1, 0 and truth 1, 0, 0, 1.
ONE_LOGIT = np.array([[3.0], [-2.0], [1.0], [-1.0]], np.float32)
BINARY = np.array([1, 0, 0, 1], np.int32)


@pytest.mark.filterwarnings("error")  # of an absent class
def test_scores_of_one_logit():
    assert metrics.accuracy(ONE_LOGIT, BINARY) == 0.5
    assert metrics.accuracy(ONE_LOGIT[:2], BINARY[:2]) == 1
    assert metrics.confusion(ONE_LOGIT[:3], BINARY[:3]).tolist() == [
        [1, 1],
        [0, 1],
    ]
    # Class 1 is guessed twice, once rightly, and is there twice.
    assert metrics.f1(ONE_LOGIT, BINARY) == 0.5
    assert metrics.f1(-np.ones((4, 1)), BINARY) == 0
    assert metrics.f1(-np.ones((4, 1)), np.zeros(4)) == 0
    # A logit of 0 is no prediction of class 1.
    assert metrics.f1(np.array([[0.0], [1.0]]), np.array([0, 1])) == 1
    # Of four pairs of the two classes three are in order.
    assert metrics.roc_auc(ONE_LOGIT, BINARY) == 0.75
    assert metrics.roc_auc(ONE_LOGIT[:, 0], BINARY) == 0.75
    assert metrics.roc_auc(np.zeros((4, 1)), BINARY) == 0.5


def test_one_logit_of_other_shapes_is_refused():
    with pytest.raises(ValueError, match="one logit"):
        metrics.f1(LOGITS, TRUTH)
    with pytest.raises(
        ValueError, match=r"^targets of one class have no ROC curve$"
    ):
        metrics.roc_auc(ONE_LOGIT, np.ones(4))
