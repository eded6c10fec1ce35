"""Pictures of music: which keys sounded, and which were held likely."""

from __future__ import annotations

from typing import Any

import numpy as np

from shared.task import Dataset

SHOWN = 48
"""Frames of a test piece that a report draws."""


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """The first test piece: key probabilities, and the keys that sound."""
    frames = min(SHOWN, int(np.asarray(dataset.test.lengths)[0]))
    shares = 1.0 / (1.0 + np.exp(-outputs[0, :frames].astype(np.float64)))
    sounded = dataset.test.y[0, :frames] == 1
    used = np.flatnonzero(sounded.any(axis=0))
    keys = np.arange(used.min(), used.max() + 1)
    return {
        "keys": keys.tolist(),
        "sounded": sounded[:, keys].astype(int).T.tolist(),
        "shares": np.round(shares[:, keys], 3).T.tolist(),
    }
