"""Exercise 6.5: nucleus sampling."""

import numpy as np

from shared.exercises.draws import Generator, normal, softmax
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def nucleus_probs(logits: Array, p: float) -> Array:
    order = np.argsort(-logits, axis=1)
    ranked = np.take_along_axis(softmax(logits), order, axis=1)
    before = np.cumsum(ranked, axis=1) - ranked
    ranked = np.where(before < p, ranked, 0.0)
    probs = np.zeros(logits.shape)
    np.put_along_axis(probs, order, ranked, axis=1)
    return probs / probs.sum(axis=1, keepdims=True)


def draw_nucleus(rng: Generator) -> tuple:
    return normal(rng, 3, 7, scale=0.8), float(rng.choice([0.75, 0.8, 0.85]))


NUCLEUS = Exercise(
    number="6.5",
    level=2,
    title="Nucleus sampling",
    statement="""\
Compute the probabilities from which nucleus (top-p) sampling draws (Holtzman et
al. 2020). Rank the tokens by their probability under softmax(logits); the
smallest number of them whose probabilities add up to p or more remain,
normalized to a sum of 1; all others have 0. So a token remains if the sum of
those ranked before it is below p.""",
    arguments={
        "logits": "(B, V) logits of the next token",
        "p": "probability of the nucleus, a float below 1",
    },
    returns={"probs": "(B, V) probabilities, in the order of the logits"},
    reference=nucleus_probs,
    draw=draw_nucleus,
    mistakes=(
        Mistake(
            "nucleus a token short: the one that reaches p remains",
            "before < p",
            "before + ranked < p",
        ),
        Mistake(
            "not normalized: the probabilities add up to less than 1",
            "probs / probs.sum(axis=1, keepdims=True)",
            "probs",
        ),
        Mistake(
            "ranked from the least probable token on",
            "argsort(-logits",
            "argsort(logits",
        ),
        Mistake(
            "order not restored: the probabilities are still ranked",
            "np.put_along_axis(probs, order, ranked, axis=1)",
            "probs = ranked",
        ),
    ),
    hints=(
        "Sort in descending order, and subtract each probability from the "
        "cumulative sum: that is the sum before it.",
        "Undo the sorting by a scatter, or by the argsort of the order.",
    ),
)
