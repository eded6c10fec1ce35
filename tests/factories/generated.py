"""A language model by hand, and `compare.py generate` with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from comparisons import compare
from comparisons.records.checkpoints import load_checkpoint
from factories.processes import Finished
from factories.specs import run_spec
from shared.decoding.sampling import Sampling, uniforms
from shared.reference import generation as reference_generation
from shared.specs import ModelSpec
from shared.weights.checkpoints import Checkpoint
from shared.weights.layout import weight_shapes

BEST = ("--task", "charlm", "--framework", "jax", "--cell", "gru")
FOLDER = Path("results", "charlm", "best", "jax-gru")

VOCABULARY = [*"abcdé\n\x1b", "\udcff"]
METADATA = {"vocabulary": VOCABULARY, "unit": "character", "prompt": "abba"}
SPEC = ModelSpec(
    model="language_model",
    cell="gru",
    input="onehot",
    input_size=len(VOCABULARY),
    output_size=len(VOCABULARY),
    hidden_size=5,
)

ENDLESS = """
from contextlib import contextmanager
from comparisons import compare
from comparisons.commands.trained import models

@contextmanager
def model_worker(*given):
    def ask(job, on_event, **request):
        while True:
            on_event({"event": "tokens", "tokens": [[0, 1]]})
    yield ask

models.model_worker = model_worker
compare.main()
"""
"""A program whose text has no end."""


def saved(task="charlm", metadata=METADATA):
    """A checkpoint of random weights."""
    rng = np.random.default_rng(0)
    weights = {
        name: rng.normal(0.0, 1.0, shape).astype("f4")
        for name, shape in weight_shapes(SPEC).items()
    }
    run = run_spec(task, "jax", "gru", seed=3, threads=1)
    result = {"metric": "nats", "validation": 1.5}
    return Checkpoint(run, SPEC, weights, metadata, result)


def reference(path, start, settings):
    """The reference's tokens for a request: (B, S)."""
    found, size = load_checkpoint(Path(path)), settings["samples"]
    return reference_generation.generate(
        found.model,
        found.weights,
        np.tile(start, (size, 1)),
        uniforms(settings["length"], size, settings["seed"]),
        Sampling(*(settings[n] for n in ("temperature", "top_k", "top_p"))),
    )


def texts(folder, settings):
    """How the reference continues abba; lone surrogates as ?."""
    return [
        "".join(VOCABULARY[s] for s in tokens).replace("\udcff", "?")
        for tokens in reference(folder, [0, 1, 1, 0], settings)
    ]


def command(monkeypatch, capsys):
    """What runs `compare.py generate` here, to its end."""
    monkeypatch.setattr(compare.signal, "signal", lambda *given: None)

    def call(*arguments):
        words = ["compare.py", "generate", *map(str, arguments)]
        monkeypatch.setattr(compare.sys, "argv", words)
        with pytest.raises(SystemExit) as left:
            compare.main()
        return Finished(left.value.code, *capsys.readouterr())

    return call
