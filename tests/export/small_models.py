"""Small models of every kind that an export can express."""

from __future__ import annotations

import numpy as np

from shared.specs import ModelSpec
from shared.weights.layout import weight_shapes

EXTRA = "needs the extra: pip install '.[export]'"

SIZES = {
    "input_size": 5,
    "embedding_size": 4,
    "hidden_size": 4,
    "output_size": 5,
}
CELLS = ("rnn", "rnn-relu", "gru", "lstm")


def spec(model, cell="lstm", **changes):
    return ModelSpec(model=model, cell=cell, **{**SIZES, **changes})


def stacked(cell):
    """Two bidirectional layers, whose outputs are pooled in two ways."""
    return spec(
        *("classifier", cell),
        input="embedding",
        num_layers=2,
        bidirectional=True,
        pooling="mean+max",
    )


def words(cell, **changes):
    """A tagger that also reads the characters of each word."""
    sizes = {"char_size": 7, "char_embedding_size": 3, "char_hidden_size": 2}
    changes = {"input": "embedding", "char_encoder": True, **sizes, **changes}
    return spec("tagger", cell, **changes)


SPECS = {
    **{cell: stacked(cell) for cell in CELLS},
    "last of both directions": spec(
        "classifier", "gru", input="onehot", bidirectional=True, num_layers=2
    ),
    "maximum": spec("classifier", "lstm", input="embedding", pooling="max"),
    "forecaster": spec("forecaster", "gru", num_layers=2),
    "bidirectional forecaster": spec("forecaster", bidirectional=True),
    "tagger": spec("tagger", input="embedding", bidirectional=True),
    "characters": words("lstm", num_layers=2),
    "characters and shapes": words(
        "gru", bidirectional=True, shape_size=6, shape_embedding_size=2
    ),
    "characters of an RNN": words("rnn-relu", bidirectional=True),
    "recognizer": spec("speech_recognizer", "gru", bidirectional=True),
    "tied weights": spec(
        "language_model",
        "gru",
        input="embedding",
        num_layers=2,
        tie_weights=True,
    ),
    "one-hot": spec("language_model", input="onehot", num_layers=2),
    "frames": spec("frame_model", "rnn"),
    "sequence": spec("sequence_forecaster", "gru"),
}
"""What is special -> the model."""


def drawn_weights(model, seed=1):
    """Canonical weights without a zero, biases too, but for that of padding."""
    rng = np.random.default_rng(seed)
    found = {
        name: rng.normal(0.0, 0.5, shape).astype(np.float32)
        for name, shape in weight_shapes(model).items()
    }
    for name, array in found.items():
        if name.endswith(".table") and model.padding_index is not None:
            array[model.padding_index] = 0.0
    return found
