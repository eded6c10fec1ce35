"""Exercise 6.4: top-k sampling."""

import numpy as np

from shared.exercises.draws import Generator, normal, softmax
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def top_k_probs(logits: Array, k: int) -> Array:
    order = np.argsort(-logits, axis=1)
    top = np.zeros(logits.shape, bool)
    np.put_along_axis(top, order[:, :k], True, axis=1)
    probs = np.where(top, softmax(logits), 0.0)
    return probs / probs.sum(axis=1, keepdims=True)


def draw_top_k(rng: Generator) -> tuple:
    return normal(rng, 3, 7), int(rng.integers(2, 5))


TOP_K = Exercise(
    number="6.4",
    level=2,
    title="Top-k sampling",
    statement="""\
Compute the probabilities from which top-k sampling draws (Fan, Lewis and
Dauphin 2018): those of the k most probable tokens under softmax(logits),
normalized to a sum of 1, and 0 for all other tokens.""",
    arguments={
        "logits": "(B, V) logits of the next token",
        "k": "number of tokens that remain, an int",
    },
    returns={"probs": "(B, V) probabilities"},
    reference=top_k_probs,
    draw=draw_top_k,
    mistakes=(
        Mistake(
            "one token too many: k remain", "order[:, :k]", "order[:, : k + 1]"
        ),
        Mistake(
            "least probable tokens: the k largest logits remain",
            "argsort(-logits",
            "argsort(logits",
        ),
        Mistake(
            "not normalized: the probabilities add up to less than 1",
            "probs / probs.sum(axis=1, keepdims=True)",
            "probs",
        ),
        Mistake(
            "other logits set to 0: e to the 0 is 1; -inf removes a token",
            "np.where(top, softmax(logits), 0.0)",
            "softmax(np.where(top, logits, 0.0))",
        ),
    ),
    hints=(
        "Find the k-th largest logit of each row.",
        "Replace smaller logits by -inf; the softmax then gives them 0 and "
        "normalizes the others.",
    ),
)
