"""Recurrent networks as estimators of scikit-learn.

A model is trained in a process of its framework; its predictions are those of
the NumPy reference, which the equivalence checks compare the framework with.
A fitted estimator holds arrays alone, so that it can be pickled and cloned.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import (
    check_consistent_length,
    check_is_fitted,
    column_or_1d,
)

from comparisons.api.fitting import fit
from comparisons.api.sequences import Reader
from comparisons.frameworks import in_framework
from shared.reference.model import forward
from shared.reference.softmax import log_softmax
from shared.specs import ModelSpec, RunSpec, Split, TrainSpec
from shared.tasks import get_task

TIMEOUT = 3600.0
"""Seconds that one training may take."""


class _Recurrent(BaseEstimator):
    """What both estimators share.

    framework, cell: names of `compare.py list`; the other parameters are
    fields of the model and of the training. A batch has at most N examples.
    """

    MODEL: ClassVar[str]

    def __init__(
        self,
        framework: str = "pytorch",
        cell: str = "gru",
        *,
        hidden_size: int = 32,
        num_layers: int = 1,
        bidirectional: bool = False,
        dropout: float = 0.0,
        embedding_size: int = 32,
        epochs: int = 30,
        batch_size: int = 16,
        optimizer: str = "adam",
        learning_rate: float = 1e-2,
        clip_norm: float = 1.0,
        device: str = "cpu",
        threads: int = 1,
        random_state: Any = None,
    ):
        self.framework, self.cell = framework, cell
        self.hidden_size, self.num_layers = hidden_size, num_layers
        self.bidirectional, self.dropout = bidirectional, dropout
        self.embedding_size = embedding_size
        self.epochs, self.batch_size = epochs, batch_size
        self.optimizer, self.learning_rate = optimizer, learning_rate
        self.clip_norm = clip_norm
        self.device, self.threads = device, threads
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        """Sequences are (N, T), or (N, T, D), or texts."""
        tags = super().__sklearn_tags__()
        tags.input_tags.three_d_array = True
        tags.target_tags.required = True
        return tags

    def _fit(self, x: Any, y: np.ndarray, outputs: int) -> None:
        """Train on what the reader has checked; y as the model learns it."""
        seed = check_random_state(self.random_state).randint(2**31 - 1)
        sequences, lengths = self.reader_.read(x)
        run = self._run(outputs, min(self.batch_size, len(y)), int(seed))
        split = Split(sequences, y, lengths)
        self.weights_, self.loss_curve_ = fit(run, split, TIMEOUT)
        self.model_spec_ = run.model

    def _run(self, outputs: int, batch_size: int, seed: int) -> RunSpec:
        model = ModelSpec(
            model=self.MODEL,
            cell=self.cell,
            input="embedding" if self.reader_.characters else "values",
            input_size=self.reader_.size,
            output_size=outputs,
            hidden_size=self.hidden_size,
            num_layers=self.num_layers,
            bidirectional=self.bidirectional,
            dropout=self.dropout,
            embedding_size=self.embedding_size,
        )
        train = TrainSpec(
            epochs=self.epochs,
            batch_size=batch_size,
            num_buckets=1,
            optimizer=self.optimizer,
            learning_rate=self.learning_rate,
            clip_norm=self.clip_norm,
        )
        run = RunSpec(
            *("sine", self.framework, self.cell, seed),  # of no task, in fact
            device=self.device,
            threads=self.threads,
            model=model,
            train=train,
            data=get_task("sine").data,
        )
        return in_framework(run, self.framework)

    def _outputs(self, x: Any) -> np.ndarray:
        """Outputs (N, K) of the trained model."""
        check_is_fitted(self, "weights_")
        given = self.reader_.checked(self, x)
        return forward(
            self.model_spec_, self.weights_, *self.reader_.read(given)
        )


class RecurrentClassifier(ClassifierMixin, _Recurrent):
    """A recurrent classifier of sequences: numbers or texts.

    X: (N, T) or (N, T, D) numbers, standardized with the mean and standard
    deviation of the training data, or N texts, which are read by character.

    >>> from comparisons import RecurrentClassifier
    >>> model = RecurrentClassifier(cell="rnn", epochs=2, random_state=0)
    >>> model.fit(["aa", "ab", "bb", "ba"], [0, 0, 1, 1]).predict(["a"]).shape
    (1,)
    """

    MODEL = "classifier"

    def fit(self, X: Any, y: Any) -> RecurrentClassifier:  # noqa: N803
        """Train anew; ValueError for fewer than two classes."""
        reader, x = Reader.of(self, X, y)
        check_consistent_length(x, y)
        labels = column_or_1d(np.asarray(y), warn=True)
        check_classification_targets(labels)
        self.classes_, labels = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError("a classifier needs two classes; y has one class")
        self.reader_ = reader
        self._fit(x, labels.astype(np.int32), len(self.classes_))
        return self

    def predict_proba(self, X: Any) -> np.ndarray:  # noqa: N803
        """Probabilities (N, K) of `classes_`."""
        return np.exp(log_softmax(self._outputs(X)))

    def predict(self, X: Any) -> np.ndarray:  # noqa: N803
        """The most probable class of each sequence, (N,)."""
        best = self._outputs(X).argmax(axis=1)
        found: np.ndarray = self.classes_[best]
        return found


class RecurrentRegressor(RegressorMixin, _Recurrent):
    """A recurrent regressor of sequences; X as in `RecurrentClassifier`.

    y: (N,) or (N, K), standardized for the training.

    >>> from comparisons import RecurrentRegressor
    >>> model = RecurrentRegressor(cell="rnn", epochs=2, random_state=0)
    >>> model.fit([[0, 1], [1, 2], [2, 3]], [2, 3, 4]).predict([[1, 2]]).shape
    (1,)
    """

    MODEL = "forecaster"

    def __sklearn_tags__(self) -> Any:
        """The targets of a sequence may be several."""
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X: Any, y: Any) -> RecurrentRegressor:  # noqa: N803
        """Train anew."""
        self.reader_, x = Reader.of(self, X, y)
        check_consistent_length(x, y)
        targets = np.asarray(y, np.float64)
        self.flat_ = targets.ndim == 1
        targets = targets.reshape(len(targets), -1)  # (N, K)
        self.center_, scale = targets.mean(axis=0), targets.std(axis=0)
        self.scale_ = np.where(scale > 0, scale, 1.0)
        learned = ((targets - self.center_) / self.scale_).astype(np.float32)
        self._fit(x, learned, targets.shape[1])
        return self

    def predict(self, X: Any) -> np.ndarray:  # noqa: N803
        """(N,) or (N, K), as y was."""
        found = self._outputs(X) * self.scale_ + self.center_
        return found[:, 0] if self.flat_ else found
