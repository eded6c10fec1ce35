"""A random language model, for the tests of the study of neurons."""

import numpy as np

from factories.specs import run_spec
from shared.specs import ModelSpec
from shared.weights.checkpoints import Checkpoint
from shared.weights.init import initial_weights

VOCABULARY = list("\n \"#'().12<ABTaehnost")
TEXT = 'The "hat" (a\n test) # no\nA\'s 12'
HIDDEN = 4


def made() -> Checkpoint:
    """A random model of characters, two layers deep."""
    size = len(VOCABULARY)
    model = ModelSpec(
        model="language_model",
        cell="lstm",
        input="embedding",
        input_size=size,
        output_size=size,
        embedding_size=3,
        hidden_size=HIDDEN,
        num_layers=2,
    )
    run = run_spec("charlm", "pytorch", "lstm", device="cpu", threads=1)
    weights = initial_weights(model, 5)
    rng = np.random.default_rng(1)
    weights = {
        name: w + rng.normal(0, 0.5, w.shape).astype(np.float32)
        for name, w in weights.items()
    }
    metadata = {"vocabulary": VOCABULARY, "unit": "character", "prompt": "The"}
    return Checkpoint(run, model, weights, metadata)


def tokens() -> np.ndarray:
    """TEXT as the model reads it: (T,)."""
    return np.array([VOCABULARY.index(c) for c in TEXT], np.int32)
