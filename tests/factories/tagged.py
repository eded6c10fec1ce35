"""Hand-written tagged sentences, and logits for them."""

from __future__ import annotations

import numpy as np

from shared.tasks.tagging.data import TaggingData, tag_dataset
from shared.text.tagged import Sentence


def sentence(text: str) -> Sentence:
    """`word/TAG word/TAG` as a sentence."""
    pairs = [pair.rsplit("/", 1) for pair in text.split()]
    return Sentence([word for word, _ in pairs], [tag for _, tag in pairs])


TRAIN = (
    "The/D cat/N saw/V the/D dog/N",
    "The/D dog/N saw/V a/D cat/N again/A",
    "a/D saw/N",
)
TEST = ("the/D Dog/N saw/V internationalisation/N", "again/A")


def made(train=TRAIN, test=TEST, **changes):
    """A data set of these sentences; those of the test validate too."""
    options = {"min_count": 2, "steps": 4, "char_steps": 6, **changes}
    parts = {
        "train": list(map(sentence, train)),
        "validation": list(map(sentence, test)),
        "test": list(map(sentence, test)),
    }
    return tag_dataset(parts, {}, TaggingData(**options))


def guessing(dataset, *rows: str, sure=5.0):
    """Logits (N, T, K) of these tags; past an end the last class."""
    classes = dataset.metadata["classes"]
    outputs = np.zeros((*dataset.test.y.shape, len(classes)))
    outputs[:, :, -1] = 9.0
    for place, row in enumerate(rows):
        for step, tag in enumerate(row.split()):
            outputs[place, step] = 0.0
            outputs[place, step, classes.index(tag)] = sure
    return outputs
