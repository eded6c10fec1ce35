"""Scores of outputs against targets, on numpy arrays."""

from __future__ import annotations

from itertools import zip_longest

import numpy as np


def rmse(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Root of the mean squared error: (N, K), (N, K) -> their unit."""
    errors = _errors(outputs, targets)
    return float(np.sqrt(np.mean(errors**2)))


def mae(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Mean absolute error: (N, K), (N, K) -> their unit."""
    return float(np.mean(np.abs(_errors(outputs, targets))))


def accuracy(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Share of examples whose greatest output is right: (N, K), (N,)."""
    return float(np.mean(outputs.argmax(axis=1) == targets))


def macro_f1(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Mean over all K classes of the F1 score: (N, K), (N,).

    A class that is neither present nor guessed counts as 0.
    """
    # Imported late: processes that only train need not pay for it.
    from sklearn.metrics import f1_score

    score = f1_score(
        targets,
        outputs.argmax(axis=1),
        labels=np.arange(outputs.shape[1]),
        average="macro",
        zero_division=0,
    )
    return float(score)


def confusion(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Counts (K, K) of true class (row) and guess: (N, K), (N,)."""
    from sklearn.metrics import confusion_matrix

    labels = np.arange(outputs.shape[1])
    matrix: np.ndarray = confusion_matrix(
        targets, outputs.argmax(axis=1), labels=labels
    )
    return matrix


def probabilities(outputs: np.ndarray) -> np.ndarray:
    """Softmax of logits: (N, K) -> (N, K) float64."""
    shifted = outputs.astype(np.float64)
    shifted -= shifted.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    total: np.ndarray = exponentials / exponentials.sum(axis=1, keepdims=True)
    return total


def translation(
    hypotheses: list[str], references: list[list[str]], tokenize: str = "13a"
) -> tuple[dict[str, float], dict[str, str]]:
    """BLEU (Papineni et al. 2002) and chrF (Popović 2015), 0 to 100.

    Each hypothesis has one or more references; tokenize "none" takes words
    as they stand between blanks. Second come sacrebleu's signatures, which
    say how a score was computed (Post 2018).
    """
    from sacrebleu.metrics import BLEU, CHRF

    streams = [list(stream) for stream in zip_longest(*references)]
    scores, signatures = {}, {}
    for name, metric in (("bleu", BLEU(tokenize=tokenize)), ("chrf", CHRF())):
        scores[name] = float(metric.corpus_score(hypotheses, streams).score)
        signatures[name] = str(metric.get_signature())
    return scores, signatures


def _errors(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Differences in float64; unlike shapes would broadcast in silence."""
    if outputs.shape != targets.shape:
        raise ValueError(
            f"outputs {outputs.shape} and targets {targets.shape} differ"
        )
    difference: np.ndarray = outputs.astype(np.float64) - targets
    return difference
