"""Scores of outputs against targets, on numpy arrays."""

from __future__ import annotations

import numpy as np


def rmse(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Root of the mean squared error: (N, K), (N, K) -> their unit."""
    errors = _errors(outputs, targets)
    return float(np.sqrt(np.mean(errors**2)))


def mae(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Mean absolute error: (N, K), (N, K) -> their unit."""
    return float(np.mean(np.abs(_errors(outputs, targets))))


def accuracy(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Share of examples whose largest output is correct: (N, K), (N,)."""
    return float(np.mean(outputs.argmax(axis=1) == targets))


def macro_f1(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Mean over all K classes of the F1 score: (N, K), (N,).

    A class that is neither present nor predicted counts as 0.
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
    """Counts (K, K) of true class (row) and prediction: (N, K), (N,)."""
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


def two_classes(outputs: np.ndarray) -> np.ndarray:
    """One logit (N, 1) of class 1 as two (N, 2); others unchanged."""
    if outputs.shape[1] > 1:
        return outputs
    return np.hstack([np.zeros_like(outputs), outputs])


def binary_accuracy(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Share of examples on the correct side of 0: logits (N, 1), (N,)."""
    return float(np.mean(_positive(outputs, targets) == targets))


def f1(outputs: np.ndarray, targets: np.ndarray) -> float:
    """F1 score of class 1: logits (N, 1), targets 0 or 1 (N,).

    0 if class 1 is neither present nor predicted.
    """
    from sklearn.metrics import f1_score

    guesses = _positive(outputs, targets)
    return float(f1_score(targets, guesses, zero_division=0))


def roc_auc(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Area under the ROC curve: logits (N, 1), targets 0 or 1 (N,).

    The probability that a random example of class 1 has a higher logit than one
    of class 0. Raises ValueError if there is only one class.
    """
    from sklearn.metrics import roc_auc_score

    if len(np.unique(targets)) != 2:
        raise ValueError("targets of one class have no ROC curve")
    return float(roc_auc_score(targets, _one_logit(outputs, targets)))


def masked_accuracy(
    outputs: np.ndarray,
    targets: np.ndarray,
    lengths: np.ndarray,
    among: np.ndarray | None = None,
) -> float:
    """Share of correct steps: (N, T, K), (N, T), (N,).

    Steps past the lengths do not count, nor those where among (N, T) is false.
    Without any remaining step the accuracy is 0.
    """
    mask = valid_steps(targets, lengths)
    if among is not None:
        mask &= among
    right = outputs.argmax(axis=2)[mask] == targets[mask]
    return float(right.mean()) if right.size else 0.0


def masked_macro_f1(
    outputs: np.ndarray, targets: np.ndarray, lengths: np.ndarray
) -> float:
    """Macro F1 over the steps within the lengths: (N, T, K), (N, T), (N,)."""
    mask = valid_steps(targets, lengths)
    return macro_f1(outputs[mask], targets[mask])


def valid_steps(targets: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Whether (N, T) a step is within its example's length."""
    valid: np.ndarray = np.arange(targets.shape[1]) < lengths[:, None]
    return valid


def _one_logit(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Logits (N, 1) or (N,) as (N,); other shapes would broadcast."""
    if outputs.shape not in ((len(targets), 1), (len(targets),)):
        raise ValueError(
            f"outputs {outputs.shape} are not one logit for each of targets "
            f"{targets.shape}"
        )
    logits: np.ndarray = outputs.reshape(-1)
    return logits


def _positive(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    positive: np.ndarray = _one_logit(outputs, targets) > 0
    return positive


def _errors(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Differences in float64; ValueError for unlike shapes (no broadcast)."""
    if outputs.shape != targets.shape:
        raise ValueError(
            f"outputs {outputs.shape} and targets {targets.shape} differ"
        )
    difference: np.ndarray = outputs.astype(np.float64) - targets
    return difference
