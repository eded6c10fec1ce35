"""Scores of outputs against targets.

Counts of classes are taken in NumPy: a training is validated by them, and
scikit-learn takes a second to import.
"""

import numpy as np


def rmse(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Root of the mean squared error: (N, K), (N, K) -> their unit."""
    return float(np.sqrt(np.mean(_errors(outputs, targets) ** 2)))


def mae(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Mean absolute error: (N, K), (N, K) -> their unit."""
    return float(np.mean(np.abs(_errors(outputs, targets))))


def squared_errors(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Mean squared error of each example: (N, ...), (N, ...) -> (N,)."""
    errors = _errors(outputs, targets) ** 2
    return np.asarray(errors.reshape(len(errors), -1).mean(axis=1))


def two_classes(outputs: np.ndarray) -> np.ndarray:
    """One logit (N, 1) of class 1 as two (N, 2); others unchanged."""
    if outputs.shape[1] > 1:
        return outputs
    return np.hstack([np.zeros_like(outputs), outputs])


def accuracy(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Share of correct examples, 0 of none: (N, K) or (N, 1), (N,)."""
    correct = two_classes(outputs).argmax(axis=1) == targets
    return float(correct.mean()) if correct.size else 0.0


def macro_f1(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Mean F1 score of all K classes, 0 of an absent one: (N, K), (N,)."""
    counts = confusion(outputs, targets)
    total = counts.sum(axis=0) + counts.sum(axis=1)  # predicted, and true
    return float(np.mean(2 * np.diag(counts) / np.maximum(total, 1)))


def confusion(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Counts (K, K) of true class (row) and prediction: (N, K), (N,)."""
    outputs = two_classes(outputs)
    count = outputs.shape[1]
    places = count * targets.astype(np.int64) + outputs.argmax(axis=1)
    return np.bincount(places, minlength=count**2).reshape(count, count)


def probabilities(outputs: np.ndarray) -> np.ndarray:
    """Softmax of logits: (N, K) -> (N, K) float64."""
    shifted = outputs.astype(np.float64)
    shifted -= shifted.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))


def nll(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Negative log-likelihoods, nats: (..., K), (...) -> (...); 0 at -1."""
    logits = outputs.astype(np.float64)
    logits -= logits.max(axis=-1, keepdims=True)
    logits -= np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    indices = np.maximum(targets, 0)[..., None]
    losses = -np.take_along_axis(logits, indices, axis=-1)[..., 0]
    return np.where(targets >= 0, losses, 0.0)


def f1(outputs: np.ndarray, targets: np.ndarray) -> float:
    """F1 score of class 1, 0 if it is absent: logits (N, 1), targets (N,)."""
    predicted, true = _one_logit(outputs, targets) > 0, targets == 1
    total = np.sum(predicted) + np.sum(true)
    return float(2 * np.sum(predicted & true) / max(total, 1))


def roc_auc(outputs: np.ndarray, targets: np.ndarray) -> float:
    """Area under the ROC curve: logits (N, 1), targets 0 or 1 (N,).

    The probability that a random example of class 1 has a higher logit than one
    of class 0. Raises ValueError if there is only one class.
    """
    from sklearn.metrics import roc_auc_score

    if len(np.unique(targets)) != 2:
        raise ValueError("targets of one class have no ROC curve")
    return float(roc_auc_score(targets, _one_logit(outputs, targets)))


def _one_logit(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Logits (N, 1) or (N,) as (N,); other shapes would broadcast."""
    if outputs.shape not in ((len(targets), 1), (len(targets),)):
        raise ValueError(
            f"outputs {outputs.shape} are not one logit for each of targets "
            f"{targets.shape}"
        )
    return outputs.ravel()


def _errors(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Differences in float64; ValueError for unlike shapes (no broadcast)."""
    if outputs.shape != targets.shape:
        raise ValueError(
            f"outputs {outputs.shape} and targets {targets.shape} differ"
        )
    return np.asarray(outputs.astype(np.float64) - targets)
