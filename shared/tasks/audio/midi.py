"""Frames of keys as a MIDI file."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from shared.datasets.piano_rolls import LOWEST

BEAT = 480
"""Ticks of a quarter note; a frame is half of one."""

LOUDNESS = 72
"""Of every key, from 0 to 127."""


def save_midi(frames: np.ndarray, path: Path) -> None:
    """Write frames (n, 88), 0 or 1; a key held over frames is one note."""
    import mido

    track = mido.MidiTrack()
    silent = np.zeros((1, frames.shape[1]), bool)
    before = np.concatenate([silent, frames > 0])
    after = np.concatenate([frames > 0, silent])
    waited = 0
    for was, now in zip(before, after, strict=True):
        changes = [("note_off", key) for key in np.flatnonzero(was & ~now)]
        changes += [("note_on", key) for key in np.flatnonzero(now & ~was)]
        for kind, key in changes:
            note = int(key) + LOWEST
            message = mido.Message(
                kind, note=note, velocity=LOUDNESS, time=waited
            )
            track.append(message)
            waited = 0
        waited += BEAT // 2
    file = mido.MidiFile(ticks_per_beat=BEAT)
    file.tracks.append(track)
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(path)
