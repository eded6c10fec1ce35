"""Exercise 6.2: perplexity."""

import numpy as np

from shared.exercises.draws import Generator, nll, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def perplexity(logits: Array, targets: Array) -> Array:
    return np.exp(nll(logits, targets).mean())


def draw_perplexity(rng: Generator) -> tuple:
    return normal(rng, 3, 5, 4), rng.integers(0, 4, (3, 5))


PERPLEXITY = Exercise(
    number="6.2",
    level=1,
    title="Perplexity",
    statement="""\
Compute the perplexity of the targets: e to the mean, over all tokens, of the
negative log-likelihood in nats under softmax(logits).""",
    arguments={
        "logits": "(B, T, V) logits of the next token",
        "targets": "(B, T) index of the next token",
    },
    returns={"perplexity": "() a number of at least 1"},
    reference=perplexity,
    draw=draw_perplexity,
    mistakes=(
        Mistake(
            "2 to the mean: nats need e, bits need 2",
            "np.exp(",
            "np.exp2(",
        ),
        Mistake(
            "mean of perplexities: the mean is taken before the exponential",
            "np.exp(nll(logits, targets).mean())",
            "np.exp(nll(logits, targets)).mean()",
        ),
        Mistake(
            "softmax over the wrong axis: over time, not the vocabulary",
            "nll(logits, targets)",
            "-np.take_along_axis(np.swapaxes(log_softmax(np.swapaxes(logits, "
            "1, 2)), 1, 2), targets[..., None], 2)[..., 0]",
        ),
        Mistake(
            "mean loss returned: its exponential is wanted",
            "np.exp(nll(logits, targets).mean())",
            "nll(logits, targets).mean()",
        ),
        Mistake(
            "perplexity of each sequence averaged: one mean over all tokens",
            "np.exp(nll(logits, targets).mean())",
            "np.exp(nll(logits, targets).mean(axis=1)).mean()",
        ),
    ),
    hints=(
        "Exercise 4.3 for each step of each sequence, then e to the mean.",
        "The classes are the last axis; PyTorch's loss expects them second.",
    ),
)
