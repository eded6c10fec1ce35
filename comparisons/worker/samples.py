"""What a trained language model generates, at several temperatures."""

from typing import Any

import numpy as np

from comparisons.implementation import Implementation, Model
from shared.decoding.sampling import Sampling, uniforms
from shared.task import Dataset, LanguageModelCodec
from shared.tasks.language_modeling.scores import distinct_words, measures

TEMPERATURES = (0.2, 0.5, 0.8, 1.0, 1.5)
TEXTS = 8
"""Texts of one temperature that are measured; the first is shown."""

LENGTH = 400
"""Tokens of a text."""

SHOWN = 300
"""Characters of the text that is shown."""

CHUNK = 1 << 20
"""Tokens of the training split that are decoded at once."""

SEED = 0
"""Of the draws, the same for all models and temperatures."""


def samples(
    implementation: Implementation,
    model: Model,
    codec: LanguageModelCodec,
    dataset: Dataset,
) -> list[dict[str, Any]]:
    """For each temperature one text, and diversity over several."""
    metadata = codec.metadata(dataset)
    start = codec.encode(metadata["prompt"], metadata, "error")
    prompt = np.tile(start, (TEXTS, 1)).astype(np.int32)  # (B, P)
    draws = uniforms(LENGTH, TEXTS, SEED)
    tokens = dataset.train.x.reshape(-1)
    known = distinct_words(
        codec.decode(tokens[i : i + CHUNK], metadata)
        for i in range(0, len(tokens), CHUNK)
    )
    found = []
    for temperature in TEMPERATURES:
        rule = Sampling(temperature=temperature)
        slices = list(implementation.generate(model, prompt, draws, rule))
        tokens = np.concatenate(slices, axis=1)
        texts = [codec.decode(row, metadata) for row in tokens]
        found.append(
            {
                "temperature": temperature,
                "prompt": metadata["prompt"],
                "text": texts[0][:SHOWN],
                **measures(texts, known),
            }
        )
    return found
