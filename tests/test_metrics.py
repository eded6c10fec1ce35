"""Metrics against values computed by hand."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from shared import metrics

# Guesses 0, 0, 1, 1 of three classes; truth 0, 1, 1, 1.
LOGITS = np.array([[2, 1, 0], [2, 1, 0], [0, 2, 1], [0, 9, 1]], np.float32)
TRUTH = np.array([0, 1, 1, 1], np.int32)


def test_errors_of_forecasts():
    outputs = np.array([[1.0], [2.0]], np.float32)
    targets = np.array([[4.0], [-2.0]], np.float32)
    assert metrics.rmse(outputs, targets) == pytest.approx(12.5**0.5)
    assert metrics.mae(outputs, targets) == pytest.approx(3.5)


def test_unlike_shapes_are_refused_instead_of_broadcast():
    with pytest.raises(ValueError, match=r"\(3, 1\)"):
        metrics.rmse(np.zeros((3, 1)), np.zeros(3))


def test_small_errors_survive_large_values():
    targets = np.full((10, 1), 4096.0)
    assert metrics.rmse(targets + 1e-6, targets) == pytest.approx(1e-6, 1e-3)


def test_scores_of_classes():
    assert metrics.accuracy(LOGITS, TRUTH) == 0.75
    # F1 of class 0 is 2/3, of class 1 4/5, of the absent class 2 is 0.
    expected = (2 / 3 + 4 / 5 + 0) / 3
    assert metrics.macro_f1(LOGITS, TRUTH) == pytest.approx(expected)
    assert metrics.confusion(LOGITS, TRUTH).tolist() == [
        [1, 0, 0],
        [1, 2, 0],
        [0, 0, 0],
    ]


def test_probabilities_sum_to_one_and_do_not_overflow():
    found = metrics.probabilities(np.array([[1000.0, 1000.0], [0.0, -2000.0]]))
    assert found == pytest.approx(np.array([[0.5, 0.5], [1.0, 0.0]]))


def test_scikit_learn_is_imported_only_to_score():
    program = (
        "import sys, shared.metrics, shared.tasks.names\n"
        "heavy = {'sklearn', 'scipy', 'pooch', 'requests', 'tqdm'}\n"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == 0


def test_bleu_is_the_one_worked_out_by_hand():
    """Precisions 5/5, 3/4, 2/3 and 1/2, five words for six."""
    hypothesis, reference = "the cat sat on mat", "the cat sat on the mat"
    scores, signatures = metrics.translation(
        [hypothesis], [[reference]], tokenize="none"
    )
    by_hand = 100.0 * np.exp(1.0 - 6 / 5) * (3 / 4 * 2 / 3 * 1 / 2) ** 0.25
    assert scores["bleu"] == pytest.approx(by_hand)
    assert 0.0 < scores["chrf"] < 100.0
    assert "tok:none" in signatures["bleu"]
    scores, _ = metrics.translation(
        [hypothesis, "a b c d"], [[reference, hypothesis], ["a b c d"]], "none"
    )
    assert scores["bleu"] == pytest.approx(100.0)
    assert scores["chrf"] == pytest.approx(100.0)
