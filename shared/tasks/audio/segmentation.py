"""The baseline of digit strings: segments by energy, and their nearest mean."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from shared.specs import Split
from shared.specs.ctc import label_sequences
from shared.task import Dataset

POINTS = 8
"""Frames to which a segment is interpolated."""

SHARE = 0.4
"""Of the range of a string's energy, above which a frame is speech."""

SHORTEST = 10
"""Frames of 10 ms of the shortest digit; a shorter pause is part of one."""

MARGIN = 5
"""Percentiles that bound the range of the energy."""


def recognize(dataset: Dataset) -> list[list[int]]:
    """The labels of the segments of each test string, by the nearest mean.

    The means are of the segments of training strings with as many segments as
    digits; nothing is recognized where there are none.
    """
    known: dict[int, list[np.ndarray]] = {}
    spoken = label_sequences(dataset.train.y)
    strings = segmented(dataset.train, dataset)
    for (_, labels), segments in zip(spoken, strings, strict=True):
        if len(segments) == len(labels):
            for label, segment in zip(labels.tolist(), segments, strict=True):
                known.setdefault(label, []).append(segment)
    means = {label: np.mean(own, axis=0) for label, own in known.items()}
    return [
        [nearest(segment, means) for segment in segments if means]
        for segments in segmented(dataset.test, dataset)
    ]


def segmented(split: Split, dataset: Dataset) -> Iterator[list[np.ndarray]]:
    """The segments (POINTS · D,) of each string of a split."""
    stack = dataset.metadata["frame_stack"]
    deviation, mean = dataset.arrays["deviation"], dataset.arrays["mean"]
    for x, end in zip(split.x, np.asarray(split.lengths), strict=True):
        steps = x[:end].reshape(end * stack, -1)  # frames of 10 ms
        frames = steps * deviation + mean
        yield [
            interpolated(frames[part])
            for part in segments_of(frames.mean(axis=1))
        ]


def segments_of(energy: np.ndarray) -> list[slice]:
    """The segments of speech of energies (T,)."""
    low, high = np.percentile(energy, [MARGIN, 100 - MARGIN])
    speech = closed(energy > low + SHARE * (high - low))
    edges = np.flatnonzero(np.diff(np.r_[False, speech, False].astype(int)))
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [slice(a, b) for a, b in pairs if b - a >= SHORTEST]


def closed(speech: np.ndarray) -> np.ndarray:
    """Speech (T,) without the short pauses in it."""
    filled, places = speech.copy(), np.flatnonzero(speech).tolist()
    for before, after in pairwise(places):
        if after - before <= SHORTEST:
            filled[before:after] = True
    return filled


def interpolated(frames: np.ndarray) -> np.ndarray:
    """Frames (T, D) at POINTS even places, less their mean: (POINTS · D,)."""
    places, steps = np.linspace(0, len(frames) - 1, POINTS), range(len(frames))
    columns = [np.interp(places, steps, column) for column in frames.T]
    vector = np.array(columns).T.ravel()
    return np.asarray(vector - vector.mean())


def nearest(vector: np.ndarray, means: dict[int, np.ndarray]) -> int:
    return min(means, key=lambda label: ((means[label] - vector) ** 2).sum())
