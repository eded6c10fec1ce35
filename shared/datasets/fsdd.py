"""Spoken digits in an archive, a WAV file each: `digit_speaker_take.wav`."""

import io
import lzma
import re
import tarfile
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shared.errors import DataError
from shared.files import catalogue

FILE = "speech/fsdd-recordings.tar.xz"
RATE = 8000
"""Samples a second that features are made of; others are resampled."""

NAMED = re.compile(r"(\d)_([^_/]+)_(\d+)\.wav$")
DAMAGED = (EOFError, lzma.LZMAError, tarfile.TarError, zlib.error)


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
    found: list[Recording] = []
    resampled: dict[int, int] = {}
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                named = NAMED.search(member.name)
                stream = archive.extractfile(member)
                if named is None or stream is None:
                    continue
                samples, rate = read_wav(path, member.name, stream.read())
                if rate != RATE:
                    resampled[rate] = resampled.get(rate, 0) + 1
                digit, speaker, take = named.groups()
                found.append(Recording(int(digit), speaker, int(take), samples))
    except DAMAGED as error:
        raise DataError(f"{path} is no whole archive ({error})") from error
    if not found:
        raise DataError(f"{path} holds no file named like 7_theo_12.wav")
    notes = [
        f"{count:,} recordings of {rate:,} samples a second are resampled to "
        f"{RATE:,}"
        for rate, count in sorted(resampled.items())
    ]
    return sorted(found, key=lambda r: r[:3]), notes


def read_wav(path: Path, name: str, content: bytes) -> tuple[np.ndarray, int]:
    """Mono samples resampled to RATE, and the rate in the file."""
    import soundfile

    try:
        samples, rate = soundfile.read(io.BytesIO(content), dtype="float32")
    except soundfile.LibsndfileError as error:
        raise DataError(f"{path}: {name} is no sound ({error})") from error
    if samples.ndim > 1:
        samples = samples.mean(axis=1)
    if not len(samples):
        raise DataError(f"{path}: {name} holds no sample")
    if rate != RATE:
        from scipy.signal import resample_poly

        samples = resample_poly(samples, RATE, rate).astype(np.float32)
    return samples, rate
