"""Spoken digits in an archive, a WAV file each: `digit_speaker_take.wav`."""

import io
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shared.errors import DataError
from shared.files import catalogue, limits
from shared.files.archives import read_members

FILE = "speech/fsdd-recordings.tar.xz"
RATE = 8000
"""Samples a second that features are made of; others are resampled."""

NAMED = re.compile(r"(?:^|/)([0-9])_([^_/]+)_([0-9]+)\.wav$", re.IGNORECASE)
SOUND = re.compile(r"(?:^|/)[^./][^/]*\.wav$", re.IGNORECASE)
"""A sound of any name, but not the `._*.wav` that macOS adds to archives."""

LOUDEST = 1e6
"""Largest sample; of usual ones it is 1, of some in floats 32,768."""

SHORTEST = RATE // 200
"""Samples that have a frame: half of its shift of 10 ms."""

INACCURATE = 16
"""Bytes by which the header of a WAV file may be wrong."""

STREAMED = 0x7FFF0000
"""The size of a file that was written to a pipe is this or more."""

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
        samples, rate = read_wav(f"{path}: {name}", content)
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


def read_sound(path: Path) -> tuple[np.ndarray, int]:
    """As `read_wav`, of a file; DataError where it is none or too large."""
    try:
        size = path.stat().st_size
        if size > limits.MEMBER:
            raise DataError(
                f"'{path}' has {size:,} bytes, more than {limits.MEMBER:,}, "
                "the limit of a sound"
            )
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"'{path}' cannot be read: {error.strerror}") from error
    if not content:
        raise DataError(f"'{path}' is empty")
    return read_wav(f"'{path}'", content)


def read_wav(name: str, content: bytes) -> tuple[np.ndarray, int]:
    """Mono samples resampled to RATE, and the rate in the file.

    name: what an error begins with.
    """
    import soundfile

    def error(fault: str) -> DataError:
        return DataError(f"{name} {fault}")

    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            rate: int = file.samplerate
            if file.frames * file.channels > limits.SAMPLES:
                raise error(
                    f"has {file.frames:,} samples, more than "
                    f"{limits.SAMPLES:,}, the limit of a recording"
                )
            samples = file.read(dtype="float32", always_2d=True).mean(axis=1)
    except (soundfile.LibsndfileError, ValueError) as fault:
        reason = str(fault).rpartition(">: ")[2]
        raise error(f"is no sound ({reason})") from fault
    if found := fault_of(content, samples, rate):
        raise error(found)
    if rate != RATE:
        from scipy.signal import resample_poly

        samples = resample_poly(samples, RATE, rate).astype(np.float32)
    if len(samples) < SHORTEST:
        raise error(
            f"is too short: {len(samples)} samples at {RATE:,} a second"
        )
    return samples, rate


def fault_of(content: bytes, samples: np.ndarray, rate: int) -> str:
    """What is wrong with a sound; "" if nothing is."""
    lowest, highest = limits.RATES
    if not len(samples):
        return "holds no sample"
    if not (np.abs(samples) <= LOUDEST).all():  # nor is NaN
        return "holds a sample that is no number, or far beyond 1"
    if (size := riff_size(content)) > len(content) + INACCURATE:
        return f"is cut short: {len(content):,} of {size:,} bytes"
    if lowest <= rate <= highest:
        return ""
    return f"has {rate:,} samples a second, not {lowest:,} to {highest:,}"


def riff_size(content: bytes) -> int:
    """Bytes that the header of a WAV file promises; 0 where it does not say."""
    size = int.from_bytes(content[4:8], "little")
    return size + 8 if content[:4] == b"RIFF" and size < STREAMED else 0
