"""SST-2: sentences of film reviews, positive or negative.

Socher et al. 2013, as split and cut into words by Kim 2014: 6,920, 872 and
1,821 whole sentences with published labels, also of the test part.
"""

from pathlib import Path

import numpy as np

from shared.errors import DataError
from shared.files import catalogue
from shared.files.io import numbered_lines
from shared.text.labelled import LabelledTexts
from shared.text.tokens import gather, tokenize

FOLDER = "sentiment/sst2"
PARTS = {"train": "train", "validation": "dev", "test": "test"}
"""Part -> end of its file's name."""

LABELS = {"0": 0, "1": 1}


def fetch(progress: bool = False) -> None:
    catalogue.fetch(catalogue.names_under(FOLDER), progress)


def load() -> tuple[dict[str, LabelledTexts], dict[str, str]]:
    """The published splits, label 1 positive, and sha256 by file name."""
    names = {part: f"{FOLDER}/stsa.binary.{end}" for part, end in PARTS.items()}
    return catalogue.read_parts(names, read_sentences)


def read_sentences(path: Path) -> LabelledTexts:
    """Lines of `0 sentence` or `1 sentence`."""
    texts, labels = [], []
    for number, line in numbered_lines(path):
        label, _, text = line.partition(" ")
        if label not in LABELS or not text.strip():
            raise DataError(
                f"{path}, line {number}: '{line[:40]}' is no label 0 or 1, "
                "a blank and a sentence"
            )
        texts.append(text)
        labels.append(LABELS[label])
    tokens = gather(map(tokenize, texts))
    return LabelledTexts(texts, np.array(labels, dtype=np.int32), tokens)
