"""The job `neurons`: activations of a checkpoint over a text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.implementation import Implementation
from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.jobs import Emit, Message
from shared.metrics import probabilities
from shared.specs import RunSpec

TOP = 5
"""Next symbols that are kept of each distribution."""


class Reading(NamedTuple):
    """A text of T symbols, read from the beginning."""

    h: np.ndarray  # (T, H), of one layer
    came: np.ndarray  # (T - 1,), probability of the symbol that came next
    entropy: np.ndarray  # (T,), of what comes next, in nats
    likely: np.ndarray  # (T, TOP), the likeliest next symbols
    shares: np.ndarray  # (T, TOP), their probabilities


def read_tokens(
    run: RunSpec, implementation: Implementation, request: Message, emit: Emit
) -> dict[str, Any]:
    trained = load_checkpoint(Path(request["path"]))
    implementation.configure(run.device, run.threads, run.precision, run.seed)
    spec = replace(trained.model, impl="scratch")
    model = implementation.build_model(spec)
    implementation.load_weights(model, trained.weights)
    x = np.array([request["symbols"]], np.int32)  # (1, T)
    found = implementation.unroll(model, x, None)
    reading = reading_of(found, x[0], request["layer"])
    return {name: a.tolist() for name, a in reading._asdict().items()}


def reading_of(
    found: dict[str, np.ndarray], symbols: np.ndarray, layer: int
) -> Reading:
    """States and distributions from all that was unrolled of one text."""
    shares = probabilities(found["outputs"][0])  # (T, V)
    order = np.argsort(-shares, axis=1, kind="stable")[:, :TOP]
    logs = np.log(np.maximum(shares, np.finfo(np.float64).tiny))
    return Reading(
        found[f"rnn.{layer}.h"][0],
        shares[np.arange(len(symbols) - 1), symbols[1:]],
        -(shares * logs).sum(axis=1),
        order,
        np.take_along_axis(shares, order, axis=1),
    )
