"""Text as models get it, and their outputs as labels."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shared.errors import SpecError
from shared.metrics import probabilities, two_classes
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
    outputs: np.ndarray, texts: Sequence[str], labels: Sequence[str]
) -> list[Prediction]:
    """Labels of N texts from logits (N, K), or (N, 1) of the second of two."""
    outputs = two_classes(outputs)
    if outputs.shape != (len(texts), len(labels)):
        raise ValueError(
            f"outputs {outputs.shape} are not those of {len(texts)} texts "
            f"and {len(labels)} labels"
        )
    found = []
    for text, row in zip(texts, probabilities(outputs), strict=True):
        order = np.argsort(-row, kind="stable")
        shares = tuple((labels[k], float(row[k])) for k in order)
        found.append(Prediction(text, *shares[0], shares))
    return found


def decode(
    outputs: np.ndarray, text: str, metadata: Mapping[str, Any]
) -> list[Prediction]:
    """The class of one text from logits (1, K), or one (1, 1)."""
    return predictions(outputs, [text], metadata["classes"])
