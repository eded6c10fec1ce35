"""The recordings of each part: of the data set, or of one's own."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shared.datasets import fsdd
from shared.errors import DataError, SpecError
from shared.files import catalogue, user_file
from shared.tasks.audio import sound_folder
from shared.tasks.audio.sound_folder import OwnSound
from shared.tasks.audio.speech_data import SpokenData, split_recordings
from shared.text.splits import LEAST, PARTS, split_texts

LICENSE = "licence of the recordings: CC BY-SA 4.0, Z. Jackson and others"


class Recordings(NamedTuple):
    """parts: of each split, classes and samples (n,) at the rate."""

    path: Path
    parts: dict[str, list[tuple[str, np.ndarray]]]
    rate: int
    speakers: list[str]
    hashes: dict[str, str]
    notes: list[str]


def read(data: SpokenData) -> Recordings:
    """Those of the data set, of an archive like it, or of a folder."""
    if not data.data:
        path, hashes = (
            catalogue.locate(fsdd.FILE),
            catalogue.hashes([fsdd.FILE]),
        )
        return read_digits(path, data, hashes, [LICENSE])
    path, hashes = Path(data.data), user_file.hashes(data)
    if path.is_dir():
        return read_own(path, data, hashes)
    return read_digits(path, data, hashes, [])


def read_digits(
    path: Path, data: SpokenData, hashes: dict[str, str], notes: list[str]
) -> Recordings:
    """Spoken digits, named by digit, speaker, and take."""
    recordings, more = fsdd.read_recordings(path)
    parts = {
        part: [(str(getattr(r, data.target)), r.samples) for r in own]
        for part, own in split_recordings(recordings, data).items()
    }
    speakers = sorted({r.speaker for r in recordings})
    return Recordings(path, parts, fsdd.RATE, speakers, hashes, notes + more)


def read_own(
    folder: Path, data: SpokenData, hashes: dict[str, str]
) -> Recordings:
    """A folder for each class, which may be in one for each part."""
    for name in ("target", "split"):
        if getattr(data, name) == "speaker":
            raise SpecError(
                f"--{name} speaker needs an archive of files named like "
                f"7_theo_12.wav: the folder {folder} names no speakers"
            )
    sounds, notes = sound_folder.read_folder(folder)
    part_of = parts_of(sounds, data.split_seed)
    parts = {
        part: [
            (sound.label, sound.samples)
            for sound, own in zip(sounds, part_of, strict=True)
            if own == part
        ]
        for part in PARTS
    }
    for part, own in parts.items():
        if not own:
            raise DataError(
                f"{folder}: no recording is for the {part} part; a class is in "
                f"all parts with {LEAST} recordings or more"
            )
    parts["train"] = first_of_each(parts["train"], data.max_train_takes)
    sizes = Counter(sound.label for sound in sounds)
    few = [label for label, size in sizes.items() if size < LEAST]
    if few and not sounds[0].part:
        notes.append(
            f"classes of fewer than {LEAST} recordings, in training alone: "
            + ", ".join(few)
        )
    return Recordings(folder, parts, sound_folder.RATE, [], hashes, notes)


def parts_of(sounds: Sequence[OwnSound], seed: int) -> list[str]:
    """The part of each recording: its folder's, else 80, 10, or 10 % of it.

    Equal files are in one part. Where no folder is one of validation, 10 % of
    training are.
    """
    given = [sound.part for sound in sounds]
    if "validation" in given:
        return given
    rows = [row for row, part in enumerate(given) if part != "test"]
    dealt = split_texts(
        [sounds[row].digest for row in rows],
        [sounds[row].label for row in rows],
        seed,
    )
    tested = "train" if "test" in given else "test"
    names = {"train": "train", "validation": "validation", "test": tested}
    for part, own in dealt.items():
        for number in own:
            given[rows[number]] = names[part]
    return given


def first_of_each(
    sounds: list[tuple[str, np.ndarray]], count: int
) -> list[tuple[str, np.ndarray]]:
    """The first recordings of each class, at most `count`; 0: all."""
    seen: Counter[str] = Counter()
    kept = []
    for label, samples in sounds:
        seen[label] += 1
        if not count or seen[label] <= count:
            kept.append((label, samples))
    return kept
