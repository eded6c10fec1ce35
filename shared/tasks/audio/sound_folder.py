"""One's own recordings: a folder with a sub-folder of WAV files a class."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shared.errors import DataError
from shared.files import limits
from shared.files.folder import files_of, read
from shared.files.sound import decode_sound

RATE = 16_000
"""Samples a second that features are made of; others are resampled."""

ENDINGS = (".wav", ".flac")

PARTS = {
    "train": "train",
    "training": "train",
    **dict.fromkeys(("validation", "val", "valid", "dev"), "validation"),
    "test": "test",
    "testing": "test",
}
"""Folder above those of the classes -> the part whose recordings it holds."""


class OwnSound(NamedTuple):
    """A recording of a class: samples (n,) in [-1, 1] at RATE.

    part: where its folder says it, else ""; digest: of the stored file.
    """

    label: str
    part: str
    digest: str
    samples: np.ndarray


def read_folder(folder: Path) -> tuple[list[OwnSound], list[str]]:
    """The recordings of all classes in the order of their names, and notes.

    The first folder below is the class, or a part of `PARTS` with the classes
    in it. DataError names the file that is no sound.
    """
    sounds: list[OwnSound] = []
    rates: Counter[int] = Counter()
    in_part_folders = has_part_folders(folder)
    left_out = total = 0
    for path in files_of(folder):
        *above, _ = path.relative_to(folder).parts
        part = PARTS[above.pop(0).lower()] if in_part_folders and above else ""
        if path.suffix.lower() not in ENDINGS or not above:
            left_out += 1
            continue
        name, content = path.relative_to(folder).as_posix(), read(path)
        samples, rate = decode_sound(f"{folder}: {name}", content, RATE)
        total += len(samples)
        if total > limits.SOUND:
            raise DataError(
                f"{folder} has more than {limits.SOUND:,} samples, the limit "
                "of all recordings"
            )
        rates[rate] += 1
        digest = hashlib.sha256(content).hexdigest()
        sounds.append(OwnSound(above[0], part, digest, samples))
    if not sounds:
        raise DataError(
            f"{folder} has no sub-folder with WAV or FLAC files; it needs one "
            "for each class, named like the class"
        )
    return sounds, notes_of(rates, left_out)


def has_part_folders(folder: Path) -> bool:
    """Whether all folders below it are parts, and two of them are there."""
    below = [one.name.lower() for one in folder.iterdir() if one.is_dir()]
    names = [name for name in below if not name.startswith(".")]
    parts = {PARTS.get(name) for name in names}
    return {"train", "test"} <= parts and None not in parts


def notes_of(rates: Counter[int], left_out: int) -> list[str]:
    """What was done to recordings, and what was left out."""
    notes = [
        f"{count:,} recordings of {rate:,} samples a second are resampled to "
        f"{RATE:,}"
        for rate, count in sorted(rates.items())
        if rate != RATE
    ]
    if left_out:
        notes.append(
            f"{left_out:,} files are left out: no WAV or FLAC in the folder of "
            "a class"
        )
    return notes
