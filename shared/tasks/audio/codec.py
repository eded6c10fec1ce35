"""Frames of keys out of a data set, and into a MIDI file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from shared.datasets.piano_rolls import KEYS, LOWEST
from shared.errors import SpecError
from shared.task import Dataset

PROMPT = 32
"""First frames of a piece in the metadata, from which a model generates."""

BEAT = 480
"""Ticks of a quarter note; a frame is half of one."""

LOUDNESS = 72
"""Of every key, from 0 to 127."""


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
