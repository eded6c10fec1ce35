"""The best tags of a tagger with a CRF, as what its task scores."""

import numpy as np

from comparisons.implementation import Implementation, Model
from shared.batching.chunks import predict_in_chunks
from shared.decoding.tags import path_logits


def best_tags(
    implementation: Implementation,
    model: Model,
    emissions: np.ndarray,
    lengths: np.ndarray | None,
    allowed: np.ndarray,
) -> np.ndarray:
    """Viterbi's tags of emissions (N, T, K): (N, T), -1 past ends."""
    count, steps, _ = emissions.shape
    ends = np.full(count, steps, np.int32) if lengths is None else lengths

    def decode(emissions: np.ndarray, ends: np.ndarray | None) -> np.ndarray:
        ends = np.asarray(ends)
        tags = implementation.viterbi(model, emissions, ends, allowed)
        return tags[..., None]

    tags = predict_in_chunks(decode, emissions, ends)[..., 0]
    return np.where(np.arange(steps) < ends[:, None], tags, -1)


def tag_outputs(
    implementation: Implementation,
    model: Model,
    x: np.ndarray,
    lengths: np.ndarray | None,
    allowed: np.ndarray,
) -> np.ndarray:
    """Logits (N, T, K) whose largest are the best tags."""
    emissions = implementation.predict(model, x, lengths)
    tags = best_tags(implementation, model, emissions, lengths, allowed)
    weights = implementation.export_weights(model)
    return path_logits(emissions, tags, weights, allowed)
