"""Scores of outputs against targets; scikit-learn is imported only to score."""

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
    from sklearn.metrics import f1_score

    labels, predicted = np.arange(outputs.shape[1]), outputs.argmax(axis=1)
    score = f1_score(
        targets, predicted, labels=labels, average="macro", zero_division=0
    )
    return float(score)


def confusion(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Counts (K, K) of true class (row) and prediction: (N, K), (N,)."""
    from sklearn.metrics import confusion_matrix

    outputs = two_classes(outputs)
    labels, predicted = np.arange(outputs.shape[1]), outputs.argmax(axis=1)
    return np.asarray(confusion_matrix(targets, predicted, labels=labels))


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
    from sklearn.metrics import f1_score

    predicted = _one_logit(outputs, targets) > 0
    return float(f1_score(targets, predicted, zero_division=0))


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
