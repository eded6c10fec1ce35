"""Recordings as WAV or FLAC files: what is in them, and what is no sound."""

import io
from pathlib import Path

import numpy as np

from shared.errors import DataError
from shared.files import limits

LOUDEST = 1e6
"""Largest sample; of usual ones it is 1, of some in floats 32,768."""

SHORTEST = 200
"""The shortest recording is this part of a second: it has a frame of 10 ms."""

INACCURATE = 16
"""Bytes by which the header of a WAV file may be wrong."""

STREAMED = 0x7FFF0000
"""The size of a file that was written to a pipe is this or more."""


def read_sound(path: Path, wanted: int) -> tuple[np.ndarray, int]:
    """As `decode_sound`, of a file; DataError where it is none or too large."""
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
    return decode_sound(f"'{path}'", content, wanted)


def decode_sound(
    name: str, content: bytes, wanted: int
) -> tuple[np.ndarray, int]:
    """Mono samples (n,) at the wanted rate, and the rate in the file.

    name: what an error begins with. DataError where it is no sound, has no
    frame, or is beyond a limit.
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
    if rate != wanted:
        from scipy.signal import resample_poly

        samples = resample_poly(samples, wanted, rate).astype(np.float32)
    if len(samples) < wanted // SHORTEST:
        raise error(
            f"is too short: {len(samples)} samples at {wanted:,} a second"
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
