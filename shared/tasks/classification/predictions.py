"""Text as models get it, and labels as readers do: what tasks share."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from shared.errors import SpecError
from shared.metrics import probabilities
from shared.task import Prediction


def plain_text(text: str) -> str:
    """The text in NFC, stripped; SpecError if it is empty."""
    plain = unicodedata.normalize("NFC", text).strip()
    if not plain:
        raise SpecError("the text is empty")
    try:
        plain.encode()
    except UnicodeEncodeError as error:  # how Python holds other bytes
        raise SpecError(f"text {plain!a} is not UTF-8") from error
    return plain


def predictions(
    outputs: np.ndarray, pieces: Sequence[str], labels: Sequence[str]
) -> list[Prediction]:
    """Labels of N texts from logits (N, K).

    One logit (N, 1) is that of the second of two labels.
    """
    if outputs.shape[1] == 1:
        outputs = np.hstack([np.zeros_like(outputs), outputs])
    if outputs.shape != (len(pieces), len(labels)):
        raise ValueError(
            f"outputs {outputs.shape} are not those of {len(pieces)} pieces "
            f"and {len(labels)} labels"
        )
    found = []
    for piece, row in zip(pieces, probabilities(outputs), strict=True):
        order = np.argsort(-row, kind="stable")
        shares = tuple((labels[k], float(row[k])) for k in order)
        found.append(Prediction(piece, *shares[0], shares))
    return found
