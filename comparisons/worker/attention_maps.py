"""Attention weights of a trained model over what it decodes."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from comparisons.implementation import Implementation, Model
from shared.decoding.options import END, START, DecodingOptions
from shared.specs import ModelSpec
from shared.task import Dataset

SENTENCES = 2
"""Sources that are shown, of the test part: the longest and the next."""


def attention_maps(
    implementation: Implementation,
    model: Model,
    spec: ModelSpec,
    dataset: Dataset,
) -> list[dict[str, Any]]:
    """Words, decoded words and weights of some sources.

    weights: a row per decoded word and for the end, a column per source word
        and for its end. Empty without attention.
    """
    if spec.attention == "none":
        return []
    ends = np.asarray(dataset.test.lengths)
    rows = np.argsort(-ends, kind="stable")[:SENTENCES]
    sources, lengths = dataset.test.x[rows, :, 0], ends[rows]
    x, decoded = decode_greedily(implementation, model, sources, lengths)
    weights = implementation.attention_maps(model, x, lengths)  # (B, T, T)
    return map_records(
        dataset.metadata["vocabularies"], x, decoded, lengths, weights
    )


def decode_greedily(
    implementation: Implementation,
    model: Model,
    sources: np.ndarray,
    lengths: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Decoder inputs (B, T, 2) of greedy decoding, and the decoded tokens.

    Sources are (B, T), tokens (B, T - 1), -1 past the end.
    """
    rule = DecodingOptions(max_new_tokens=sources.shape[1] - 1)
    decoded = implementation.decode(model, sources, lengths, rule)
    start = np.full((len(sources), 1), START)
    read = np.concatenate([start, np.maximum(decoded, 0)], axis=1)
    return np.stack([sources, read], axis=2).astype(np.int32), decoded


def map_records(
    metadata: Mapping[str, Any],
    x: np.ndarray,
    decoded: np.ndarray,
    lengths: np.ndarray,
    weights: np.ndarray,
) -> list[dict[str, Any]]:
    """The words of each source and target, and the weights between them."""
    names = {side: metadata[side]["tokens"] for side in ("source", "target")}
    found = []
    for row, length in enumerate(lengths):
        tokens = [int(s) for s in decoded[row] if s >= 0]
        shown = weights[row, : len(tokens) + 1, :length]
        found.append(
            {
                "source": [names["source"][s] for s in x[row, :length, 0]],
                "decoded": [names["target"][s] for s in (*tokens, END)],
                "weights": np.round(shown, 4).tolist(),
            }
        )
    return found
