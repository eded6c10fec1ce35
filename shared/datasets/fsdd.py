"""Spoken digits in an archive, a WAV file each: `digit_speaker_take.wav`."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shared.errors import DataError
from shared.files import catalogue, limits
from shared.files.archives import read_members
from shared.files.sound import decode_sound

FILE = "speech/fsdd-recordings.tar.xz"
RATE = 8000
"""Samples a second that features are made of; others are resampled."""

NAMED = re.compile(r"(?:^|/)([0-9])_([^_/]+)_([0-9]+)\.wav$", re.IGNORECASE)
SOUND = re.compile(r"(?:^|/)[^./][^/]*\.wav$", re.IGNORECASE)
"""A sound of any name, but not the `._*.wav` that macOS adds to archives."""

DIGITS = 9
"""Of the number of a take."""


class Recording(NamedTuple):
    """A spoken digit: samples (n,) in [-1, 1] at RATE."""

    digit: int
    speaker: str
    take: int
    samples: np.ndarray


def fetch(progress: bool = False) -> None:
    """Raise DataError with instructions if the archive is absent."""
    if catalogue.first_present([FILE]) is None:
        raise DataError(
            f"{FILE} is not here and cannot be fetched: it is the folder "
            f"{catalogue.FILES[FILE].url} as one archive; set RNN_DATA_DIR to "
            "a folder that holds it, or give --data an archive of your own"
        )
    catalogue.locate(FILE)


def read_recordings(path: Path) -> tuple[list[Recording], list[str]]:
    """All recordings by digit, speaker and take, and notes on the data."""
    found: dict[str, Recording] = {}
    counts: Counter[str] = Counter()
    rates: Counter[int] = Counter()
    total = 0
    for name, content in read_members(path, SOUND.search):
        named = NAMED.search(name)
        if named is None:
            counts["{} are not named like 7_theo_12.wav and left out"] += 1
            continue
        digit, speaker, take = named.groups()
        if len(take) > DIGITS:
            raise DataError(
                f"{path}: {name[:40]}...: a take of {len(take):,} digits"
            )
        counts["{} follow one of the same name, which they replace"] += (
            name in found
        )
        samples, rate = decode_sound(f"{path}: {name}", content, RATE)
        total += len(samples)
        if total > limits.SOUND:
            raise DataError(
                f"{path} has more than {limits.SOUND:,} samples, the limit of "
                "all recordings"
            )
        rates[rate] += 1
        found[name] = Recording(int(digit), speaker, int(take), samples)
    if not found:
        raise DataError(f"{path} holds no file named like 7_theo_12.wav")
    notes = [
        f"{count:,} recordings of {rate:,} samples a second are resampled to "
        f"{RATE:,}"
        for rate, count in sorted(rates.items())
        if rate != RATE
    ]
    notes += [
        text.format(f"{count:,} recordings")
        for text, count in sorted(counts.items())
        if count
    ]
    return sorted(found.values(), key=lambda r: r[:3]), notes
