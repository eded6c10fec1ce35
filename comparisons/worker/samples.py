"""What a trained language model writes, at several temperatures."""

from __future__ import annotations

from typing import Any

import numpy as np

from comparisons.implementation import Implementation, Model
from shared.decoding.sampling import Sampling, uniforms
from shared.task import Dataset, LanguageModelCodec
from shared.tasks.language_modeling.scores import measures, words_of

TEMPERATURES = (0.2, 0.5, 0.8, 1.0, 1.5)
TEXTS = 8
"""Texts of one temperature that are measured; the first is shown."""

LENGTH = 400
"""Symbols of a text."""

SHOWN = 300
"""Characters of the text that is shown."""

SEED = 0
"""Of the draws, the same for all models and temperatures."""


def samples(
    implementation: Implementation,
    model: Model,
    codec: LanguageModelCodec,
    dataset: Dataset,
) -> list[dict[str, Any]]:
    """For each temperature one text, and diversity over several."""
    kept = codec.metadata(dataset)
    start = codec.encode(kept["prompt"], kept, "error")
    prompt = np.tile(start, (TEXTS, 1)).astype(np.int32)  # (B, P)
    draws = uniforms(LENGTH, TEXTS, SEED)
    known = words_of(codec.decode(dataset.train.x.ravel(), kept))
    found = []
    for temperature in TEMPERATURES:
        rule = Sampling(temperature=temperature)
        pieces = list(implementation.generate(model, prompt, draws, rule))
        texts = [codec.decode(r, kept) for r in np.concatenate(pieces, axis=1)]
        found.append(
            {
                "temperature": temperature,
                "prompt": kept["prompt"],
                "text": texts[0][:SHOWN],
                **measures(texts, set(known)),
            }
        )
    return found
