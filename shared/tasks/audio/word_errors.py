"""Scores of recognized digit strings, and what a run records of them."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from shared.decoding.ctc import decode
from shared.exhibits.speech import KINDS
from shared.specs import Split
from shared.specs.ctc import label_sequences
from shared.task import Dataset, Examples, Scores, means_of

SHOWN = 12
"""Recorded strings, the wrong ones first."""

BEAMS = (1, 10)
"""Greedy decoding, and the beam of a prefix search that is scored too."""

Strings = Sequence[Sequence[int]]
"""The labels of each sequence."""


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Word error rate and exact matches of logits (N, T, K)."""
    split = getattr(dataset, part)
    recognized = decode(outputs, ends_of(split), dataset.metadata["beam"])
    return string_scores(recognized, split)


def string_scores(recognized: Strings, split: Split) -> Scores:
    """Scores of decoded strings: errors over all words, and exact matches."""
    spoken = spoken_strings(split)
    errors = word_errors(spoken, recognized)
    pairs = zip(spoken, recognized, strict=True)
    return {
        "wer": float(errors.sum() / sum(map(len, spoken))),
        "exact": float(np.mean([list(a) == list(b) for a, b in pairs])),
    }


def score_examples(outputs: np.ndarray, dataset: Dataset) -> Examples:
    """Errors and words of each test string; strings share recordings."""
    spoken = spoken_strings(dataset.test)
    ends = ends_of(dataset.test)
    recognized = decode(outputs, ends, dataset.metadata["beam"])
    errors = word_errors(spoken, recognized).sum(axis=1)
    words = np.array(list(map(len, spoken)))
    return means_of(errors, "strings", words, dependent=True)


def spoken_strings(split: Split) -> list[list[int]]:
    return [labels.tolist() for _, labels in label_sequences(split.y)]


def ends_of(split: Split) -> np.ndarray:
    """The number of frames of each example (N,)."""
    return np.asarray(split.y[:, 0])


def word_errors(spoken: Strings, recognized: Strings) -> np.ndarray:
    """Substitutions, deletions and insertions of each string: (N, 3).

    Of an alignment with the fewest errors, as jiwer finds it.
    """
    import jiwer

    references, hypotheses = (
        [" ".join(map(str, one)) for one in strings]
        for strings in (spoken, recognized)
    )
    aligned = jiwer.process_words(references, hypotheses)
    kinds = ("substitute", "delete", "insert")
    errors = np.zeros((len(spoken), len(kinds)), int)
    for row, chunks in zip(errors, aligned.alignments, strict=True):
        for chunk in chunks:
            if chunk.type in kinds:
                size = chunk.ref_end_idx - chunk.ref_start_idx
                extra = chunk.hyp_end_idx - chunk.hyp_start_idx
                row[kinds.index(chunk.type)] += max(size, extra)
    return errors


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    test, beam = dataset.test, dataset.metadata["beam"]
    spoken, ends = spoken_strings(test), ends_of(test)
    by_beam = {
        size: decode(outputs, ends, size) for size in sorted({*BEAMS, beam})
    }
    errors = word_errors(spoken, by_beam[beam])
    worst = np.argsort(-errors.sum(axis=1), kind="stable")[:SHOWN]
    longest = int(np.argmax([len(one) for one in spoken]))
    digits = partial(text, dataset)
    return {
        "strings": [
            {
                "spoken": digits(spoken[n]),
                "recognized": digits(by_beam[beam][n]),
            }
            for n in worst.tolist()
        ],
        "errors": dict(zip(KINDS, errors.sum(axis=0).tolist(), strict=True)),
        "words": sum(map(len, spoken)),
        "by_beam": [
            {"beam": size, **string_scores(recognized, test)}
            for size, recognized in by_beam.items()
        ],
        "posteriors": {
            **posteriors(outputs[longest, : ends[longest]], dataset),
            "spoken": digits(spoken[longest]),
        },
    }


def text(dataset: Dataset, labels: Sequence[int]) -> str:
    return " ".join(dataset.metadata["digits"][label] for label in labels)


def posteriors(logits: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """The probability of each class at each frame of logits (T, K)."""
    probs = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs /= probs.sum(axis=1, keepdims=True)
    return {
        "classes": ["blank", *dataset.metadata["digits"][1:]],
        "seconds": dataset.metadata["seconds"],
        "probabilities": probs.T.round(3).tolist(),  # (K, T)
    }
