"""Exercise 7.2: attention."""

import numpy as np

from shared.exercises.draws import Generator, normal, ragged, softmax
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.text.valid_mask import valid_mask
from shared.specs import Array


def attend(query: Array, memory: Array, mask: Array) -> tuple[Array, Array]:
    scores = np.einsum("bh,bth->bt", query, memory)
    weights = softmax(np.where(mask, scores, -np.inf))
    return np.einsum("bt,bth->bh", weights, memory), weights


def draw_attend(rng: Generator) -> tuple:
    mask = valid_mask(ragged(rng, 3, 5), 5)
    return normal(rng, 3, 4), normal(rng, 3, 5, 4), mask


ATTEND = Exercise(
    number="7.2",
    level=2,
    title="Attention",
    statement="""\
Compute dot-product attention (Luong, Pham and Manning 2015) of one decoder
state over the encoder states:

    score_t = query · memory_t
    weights = softmax of the scores over the valid steps, 0 elsewhere
    context = sum over t of weights_t memory_t""",
    arguments={
        "query": "(B, H) state of the decoder",
        "memory": "(B, T, H) states of the encoder",
        "mask": "(B, T) true at the valid steps",
    },
    returns={
        "context": "(B, H) weighted sum of the memory",
        "weights": "(B, T) attention weights",
    },
    reference=attend,
    draw=draw_attend,
    mistakes=(
        Mistake(
            "attention without mask: padding gets weight",
            "np.where(mask, scores, -np.inf)",
            "scores",
        ),
        Mistake(
            "masked scores set to 0: e to the 0 is 1; -inf removes a step",
            "-np.inf",
            "0.0",
        ),
        Mistake(
            "mask after the softmax: the weights add up to less than 1",
            "softmax(np.where(mask, scores, -np.inf))",
            "softmax(scores) * mask",
        ),
        Mistake(
            "softmax over the wrong axis: over the batch, not the steps",
            "softmax(np.where(mask, scores, -np.inf))",
            "softmax(np.where(mask, scores, -np.inf).T).T",
        ),
        Mistake(
            "scores divided by √H: that is scaled dot-product attention",
            "np.where(mask, scores, -np.inf)",
            "np.where(mask, scores / np.sqrt(query.shape[1]), -np.inf)",
        ),
    ),
    hints=(
        "The scores are a product summed over H, of the shape (B, T).",
        "Replace scores at the padding by -inf before the softmax.",
    ),
)
