"""A few pairs of sentences, and a model of them by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from factories.specs import run_spec
from shared.datasets.tatoeba import Pairs
from shared.specs import ModelSpec
from shared.tasks.translation.codec import metadata
from shared.tasks.translation.data import PairData, pair_dataset
from shared.weights.checkpoints import Checkpoint
from shared.weights.layout import weight_shapes

BEST = ("--task", "translate", "--framework", "jax", "--cell", "gru")
FOLDER = Path("results", "translate", "best", "jax-gru")

NOUNS = {"cat": "chat", "dog": "chien", "horse": "cheval", "bird": "oiseau"}
VERBS = {"sleeps": "dort", "runs": "court", "eats": "mange", "sings": "chante"}
WHEN = {"today": "aujourd'hui", "here": "ici", "alone": "seul", "": ""}


def made_pairs() -> Pairs:
    """Every noun, verb and adverb; each sentence in two translations."""
    pairs = []
    for noun, nom in NOUNS.items():
        for verb, verbe in VERBS.items():
            for when, quand in WHEN.items():
                source = f"The {noun} {verb} {when}.".replace(" .", ".")
                target = f"Le {nom} {verbe} {quand}.".replace(" .", ".")
                pairs += [(source, target), (source, f"{target[:-1]} !")]
    return Pairs(pairs, {"made": "0" * 64})


def made_dataset(**changes):
    """The data set of these pairs."""
    given = {"max_length": 8, "min_count": 1, "vocab_size": 40, **changes}
    return pair_dataset(made_pairs(), PairData(**given))


def saved() -> Checkpoint:
    """A checkpoint of random weights."""
    dataset, rng = made_dataset(), np.random.default_rng(0)
    spec = ModelSpec(
        model="seq2seq",
        cell="gru",
        input="embedding",
        input_size=dataset.input_size,
        output_size=dataset.output_size,
        embedding_size=5,
        hidden_size=6,
        bidirectional=True,
        attention="bahdanau",
    )
    weights = {
        name: rng.normal(0.0, 1.0, shape).astype("f4")
        for name, shape in weight_shapes(spec).items()
    }
    run = run_spec("translate", "jax", "gru", seed=3, threads=1)
    result = {"metric": "bleu", "validation": 1.5}
    return Checkpoint(run, spec, weights, metadata(dataset), result)
