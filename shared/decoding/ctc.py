"""Labels from the class probabilities of frames: greedy, and prefix search."""

from collections import defaultdict

import numpy as np

from shared.specs.ctc import BLANK

Prefix = tuple[int, ...]
Prefixes = dict[Prefix, tuple[float, float]]
"""Labels -> the sums over their paths that end in a blank, in a label."""


def decode(
    logits: np.ndarray, lengths: np.ndarray, beam: int = 1
) -> list[list[int]]:
    """The labels of each sequence of logits (N, T, K), N lists.

    beam: prefixes that prefix search keeps; 1: greedy decoding.
    """
    decoded = []
    for row, end in zip(logits, lengths, strict=True):
        frames = np.asarray(row[:end], np.float64)  # (T, K)
        decoded.append(
            greedy(frames) if beam == 1 else prefix_search(frames, beam)
        )
    return decoded


def greedy(frames: np.ndarray) -> list[int]:
    """The labels of the most probable path of scores (T, K).

    Repetitions are merged before blanks are dropped (Graves et al. 2006,
    section 3.2, "best path decoding").
    """
    path = frames.argmax(axis=1)
    changes = np.concatenate([[True], path[1:] != path[:-1]])
    return [int(k) for k in path[changes] if k != BLANK]


def prefix_search(logits: np.ndarray, beam: int) -> list[int]:
    """The most probable of the prefixes kept after logits (T, K).

    The probability of a prefix is the sum over its paths, of those that end in
    a blank and of those that end in its last label (Hannun et al. 2014,
    algorithm 1, without a language model).
    """
    probs = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs /= probs.sum(axis=1, keepdims=True)
    prefixes: Prefixes = {(): (1.0, 0.0)}
    for frame in probs.tolist():
        grown: defaultdict[Prefix, list[float]]
        grown = defaultdict(lambda: [0.0, 0.0])
        for prefix, sums in prefixes.items():
            extend(grown, prefix, *sums, frame)
        best = sorted(grown, key=lambda p: -sum(grown[p]))[:beam]
        scale = sum(grown[best[0]])  # or many frames would underflow
        prefixes = {p: (grown[p][0] / scale, grown[p][1] / scale) for p in best}
    return list(next(iter(prefixes)))


def extend(
    grown: defaultdict[Prefix, list[float]],
    prefix: Prefix,
    blank: float,
    label: float,
    frame: list[float],
) -> None:
    """Add the paths of a prefix after a frame of probabilities (K,).

    blank, label: the sums over its paths that end in a blank, in a label.
    """
    total, last = blank + label, prefix[-1:]
    grown[prefix][0] += total * frame[BLANK]
    if last:
        grown[prefix][1] += label * frame[last[0]]
    for k, probability in enumerate(frame):
        if k != BLANK:
            # Two equal labels without a blank between them would be one.
            before = blank if last == (k,) else total
            grown[(*prefix, k)][1] += before * probability
