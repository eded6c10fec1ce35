"""The job `neurons`: activations of a checkpoint over a text."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from shared.metrics import probabilities

TOP = 5
"""Next tokens that are stored of each distribution."""


class Reading(NamedTuple):
    """A text of T tokens, read from the beginning."""

    h: np.ndarray  # (T, H), of one layer
    next_probs: np.ndarray  # (T - 1,), probability of the next token
    entropy: np.ndarray  # (T,), of what comes next, in nats
    top: np.ndarray  # (T, TOP), the most probable next tokens
    top_probs: np.ndarray  # (T, TOP), their probabilities


def read_tokens(job: Job) -> Message:
    """The reading of the request's tokens (T,)."""
    trained = load_checkpoint(Path(job.request["path"]))
    model = job.build(replace(trained.model, impl="scratch"), trained.weights)
    x = job.integers("tokens")
    found = job.implementation.unroll(model, x[None], None)
    return reading_of(found, x, job.request["layer"])._asdict()


def reading_of(
    found: dict[str, np.ndarray], tokens: np.ndarray, layer: int
) -> Reading:
    """States and distributions from all that was unrolled of one text."""
    probs = probabilities(found["outputs"][0])  # (T, V)
    order = np.argsort(-probs, axis=1, kind="stable")[:, :TOP]
    logs = np.log(np.maximum(probs, np.finfo(np.float64).tiny))
    return Reading(
        found[f"rnn.{layer}.h"][0],
        probs[np.arange(len(tokens) - 1), tokens[1:]],
        -(probs * logs).sum(axis=1),
        order,
        np.take_along_axis(probs, order, axis=1),
    )
