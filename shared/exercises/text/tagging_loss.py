"""Exercise 5.6: the loss of a tagger."""

import numpy as np

from shared.exercises.draws import Generator, nll, normal, ragged
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.text.valid_mask import valid_mask
from shared.specs import Array


def tagging_loss(logits: Array, targets: Array) -> Array:
    mask = targets >= 0
    losses = nll(logits, np.maximum(targets, 0))
    return (losses * mask).sum() / mask.sum()


def draw_tags(rng: Generator) -> tuple:
    targets = rng.integers(0, 3, (4, 6))
    valid = valid_mask(ragged(rng, 4, 6), 6)
    return normal(rng, 4, 6, 3, scale=2.0), np.where(valid, targets, -1)


TAGGING_LOSS = Exercise(
    number="5.6",
    level=2,
    title="The loss of a tagger",
    statement="""\
Compute the softmax cross-entropy (in nats) of the tags of a padded batch, as
the mean over all steps that have a target: -1 marks padding, which is in
neither the sum nor the count.""",
    arguments={
        "logits": "(B, T, K) one logit a tag",
        "targets": "(B, T) index of the right tag, -1 at the padding",
    },
    returns={"loss": "() mean loss of a valid step"},
    reference=tagging_loss,
    draw=draw_tags,
    mistakes=(
        Mistake(
            "loss over padding: its steps count as tag 0",
            "mask = targets >= 0",
            "mask = np.ones_like(targets)",
        ),
        Mistake(
            "divided by all steps: the padding is in the count",
            "/ mask.sum()",
            "/ mask.size",
        ),
        Mistake(
            "softmax over the wrong axis: over time, not the tags",
            "nll(logits, np.maximum(targets, 0))",
            "-np.take_along_axis(np.swapaxes(log_softmax(np.swapaxes(logits, "
            "1, 2)), 1, 2), np.maximum(targets, 0)[..., None], 2)[..., 0]",
        ),
        Mistake(
            "mean of the sentences' means: each step has the same weight",
            "(losses * mask).sum() / mask.sum()",
            "((losses * mask).sum(axis=1) / mask.sum(axis=1)).mean()",
        ),
        Mistake(
            "tag 0 taken for padding: only -1 is",
            "targets >= 0",
            "targets > 0",
        ),
    ),
    hints=(
        "-1 is no index: replace it by any tag, and leave its loss out.",
        "Sum of loss × mask, divided by the sum of the mask.",
    ),
)
