"""Arrays and texts of one's own as the sequences that a model reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.utils.validation import validate_data

UNKNOWN = 1
"""Index of a character that the training texts lack; 0 pads."""


def is_text(given: Any) -> bool:
    """Whether these are texts: a list, array or column of strings."""
    if isinstance(given, str) or not hasattr(given, "__len__"):
        return False
    values = np.asarray(given, dtype=object) if len(given) else np.empty(0)
    return values.ndim == 1 and all(isinstance(v, str) for v in values[:1])


@dataclass(frozen=True)
class Reader:
    """How sequences are read, as the training data have it.

    characters: index by character, {} for numbers, of which `center` and
    `scale` (D,) are mean and standard deviation.
    """

    characters: Mapping[str, int] = field(default_factory=dict)
    center: np.ndarray | None = None
    scale: np.ndarray | None = None

    @classmethod
    def of(cls, estimator: Any, given: Any, y: Any) -> tuple[Reader, Any]:
        """The reader of training data, and the checked data."""
        if is_text(given):
            found = sorted({character for text in given for character in text})
            return cls({c: n for n, c in enumerate(found, UNKNOWN + 1)}), given
        x, y = validate_data(estimator, given, y, **NUMBERS, **TARGETS)
        values = with_features(x).reshape(len(x), -1, width(x))
        center = values.mean(axis=(0, 1))
        scale = values.std(axis=(0, 1))
        return cls({}, center, np.where(scale > 0, scale, 1.0)), x

    @property
    def size(self) -> int:
        """The input size: features D, or the vocabulary's V."""
        if self.center is None:
            return len(self.characters) + UNKNOWN + 1
        return len(self.center)

    def read(self, given: Any) -> tuple[np.ndarray, np.ndarray | None]:
        """x (N, T, D) float32, or (N, T) int32 with lengths (N,)."""
        if self.center is not None:
            x = (with_features(given) - self.center) / self.scale
            return x.astype(np.float32), None
        rows = [
            [self.characters.get(c, UNKNOWN) for c in text] or [UNKNOWN]
            for text in given
        ]
        lengths = np.array([len(row) for row in rows], np.int32)
        x = np.zeros((len(rows), lengths.max()), np.int32)
        for place, row in enumerate(rows):
            x[place, : len(row)] = row
        return x, lengths

    def checked(self, estimator: Any, given: Any) -> Any:
        """Data to predict; ValueError for what the training data were not."""
        if self.center is None:
            if not is_text(given):
                raise ValueError("the model was fitted on texts: X has none")
            return given
        x = validate_data(estimator, given, reset=False, **NUMBERS)
        if width(x) != self.size:
            raise ValueError(
                f"X has {width(x)} features a step, the model {self.size}"
            )
        return x


NUMBERS = {"allow_nd": True, "dtype": np.float64}
TARGETS = {"multi_output": True}


def width(x: np.ndarray) -> int:
    """Features D of each step; a matrix (N, T) has one."""
    return x.shape[2] if x.ndim > 2 else 1


def with_features(x: np.ndarray) -> np.ndarray:
    """(N, T) or (N, T, D) as (N, T, D); ValueError for more dimensions."""
    if x.ndim > 3:
        raise ValueError(f"X has {x.ndim} dimensions: (N, T) or (N, T, D)")
    return x[..., None] if x.ndim == 2 else x
