"""Models of piano rolls: scores, baselines, and frames as a MIDI file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from msgspec import Meta

from shared.datasets.piano_rolls import KEYS, LOWEST
from shared.errors import SpecError
from shared.task import (
    Dataset,
    Examples,
    FrameCodec,
    Metadata,
    Scores,
    masked_means,
)

SHOWN = 48
"""Frames of a test piece that a report draws."""

LEAST = 1e-6
"""Least probability that a baseline gives a key or its silence."""

PROMPT = 32
"""First frames of a piece in the metadata, from which a model generates."""

BEAT = 480
"""Ticks of a quarter note; a frame is half of one."""

LOUDNESS = 72
"""Of every key, from 0 to 127."""


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Negative log-likelihood and F1 of logits (N, T, 88).

    nll: nats per frame, summed over the 88 keys, averaged over all predicted
        frames of the split: long pieces count more. As in Boulanger-Lewandowski
        et al. (2012, section 5), keys are independent given the past. f1: of
        keys with a probability above 0.5.
    """
    targets = getattr(dataset, part).y
    mask = targets[..., 0] >= 0  # (N, T)
    logits = outputs[mask].astype(np.float64)  # (n, 88)
    target, predicted = targets[mask] == 1, logits > 0
    losses = np.logaddexp(0.0, np.where(target, -logits, logits))
    hits, total = (
        float((predicted & target).sum()),
        predicted.sum() + target.sum(),
    )
    f1 = 2 * hits / max(1.0, float(total))
    return {"nll": float(losses.sum(axis=1).mean()), "f1": f1}


def score_examples(outputs: np.ndarray, dataset: Dataset) -> Examples:
    """Sums of the losses of the frames of each test piece."""
    targets = dataset.test.y
    signs = np.where(targets == 1, -1.0, 1.0)
    losses = np.logaddexp(0.0, signs * outputs).sum(axis=2)  # (N, T)
    return masked_means(losses, targets[..., 0] >= 0, "pieces")


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Marginal probability of each key; bigram of each key with itself."""
    mask = dataset.train.y[..., 0] >= 0
    target = dataset.train.y[mask] == 1  # (n, 88)
    silent = dataset.train.x[mask] != 1
    bigram = [
        (target & before).sum(axis=0) / np.maximum(1, before.sum(axis=0))
        for before in (silent, ~silent)
    ]
    # Probability of each key after its silence, and after it sounded: (2, 88).
    tables = {"key frequencies": [target.mean(axis=0)] * 2, "keys held": bigram}
    before = dataset.test.x.astype(int)  # (N, T, 88)
    scores = {}
    for name, table in tables.items():
        probs = np.clip(table, LEAST, 1.0 - LEAST)[
            before, np.arange(before.shape[2])
        ]
        logits = np.log(probs) - np.log1p(-probs)
        scores[name] = score(logits, "test", dataset)
    return scores


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """The first test piece: key probabilities, and the keys that sound."""
    frames = min(SHOWN, int(np.asarray(dataset.test.lengths)[0]))
    probs = 1.0 / (1.0 + np.exp(-outputs[0, :frames].astype(np.float64)))
    target = dataset.test.y[0, :frames] == 1
    used = np.flatnonzero(target.any(axis=0))
    keys = np.arange(used.min(), used.max() + 1)
    return {
        "keys": keys.tolist(),
        "sounded": target[:, keys].astype(int).T.tolist(),
        "probs": np.round(probs[:, keys], 3).T.tolist(),
    }


class RollMetadata(Metadata):
    """The keys of the first frames of a piece."""

    begin: list[list[Annotated[int, Meta(ge=0, lt=KEYS)]]]


def metadata(dataset: Dataset) -> dict[str, Any]:
    frames = dataset.test.x[0, :PROMPT]
    return {"begin": [np.flatnonzero(frame).tolist() for frame in frames]}


def begin(metadata: Mapping[str, Any], count: int) -> np.ndarray:
    """The first frames of a piece (P, 88)."""
    prompt = metadata["begin"]
    if not 1 <= count <= len(prompt):
        raise SpecError(
            f"the piece has {len(prompt)} first frames, not {count}"
        )
    frames = np.zeros((count, KEYS), np.float32)
    for row, keys in enumerate(prompt[:count]):
        frames[row, keys] = 1.0
    return frames


def save_midi(frames: np.ndarray, path: Path) -> None:
    """Write frames (n, 88), 0 or 1; a key held over frames is one note."""
    import mido

    track, waited = mido.MidiTrack(), 0
    silence_around = np.pad((frames > 0).astype(int), ((1, 1), (0, 0)))
    for changes in np.diff(silence_around, axis=0):
        for kind, change in (("note_off", -1), ("note_on", 1)):
            for key in np.flatnonzero(changes == change):
                note = {"note": int(key) + LOWEST, "velocity": LOUDNESS}
                track.append(mido.Message(kind, **note, time=waited))
                waited = 0
        waited += BEAT // 2
    file = mido.MidiFile(ticks_per_beat=BEAT)
    file.tracks.append(track)
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(path)


CODEC = FrameCodec(metadata, begin, save_midi, ".mid", stored=RollMetadata)
