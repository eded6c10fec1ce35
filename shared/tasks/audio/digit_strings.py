"""Strings of spoken digits: joined recordings of one speaker, and frames."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from shared.datasets.fsdd import RATE, Recording
from shared.decoding.options import MOST_HYPOTHESES
from shared.errors import SpecError
from shared.fields import count, from_zero, option
from shared.tasks.audio.speech_data import RecordingData

CLASSES = ("", *"0123456789")
"""Class -> its digit; class 0 is the blank of CTC."""

NOISE = 1e-3
"""Standard deviation of the noise that is added: 60 dB below full scale."""

LEVEL = 10.0
"""Decibels by which a digit is at most louder or softer than recorded."""


@dataclass(frozen=True)
class StringData(RecordingData):
    train_strings: int = count(1500, "joined strings of the training split")
    held_out_strings: int = count(
        400, "joined strings of the validation split, and of the test split"
    )
    min_digits: int = count(2, "fewest digits of a string")
    max_digits: int = count(5, "most digits of a string")
    max_pause: float = from_zero(
        0.3, "longest pause around a digit, in seconds", most=10.0
    )
    frame_stack: int = option(
        3, "frames of 10 ms joined into one time step", least=1, most=20
    )
    beam: int = option(
        1,
        "prefixes of the beam search; 1: greedy decoding",
        least=1,
        most=MOST_HYPOTHESES,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.min_digits > self.max_digits:
            raise SpecError(
                f"min_digits {self.min_digits} is more than max_digits "
                f"{self.max_digits}"
            )


class DigitString(NamedTuple):
    """A joined recording: samples (n,) at RATE, and its digits (U,)."""

    samples: np.ndarray
    digits: np.ndarray


def draw_strings(
    recordings: list[Recording], size: int, data: StringData, seed: list[int]
) -> list[DigitString]:
    """Strings of digits of one speaker each, with pauses, levels, and noise.

    Speakers take turns; the digits of a string are independent, and the take
    of each is any of the speaker's.
    """
    rng = np.random.default_rng(seed)
    speakers: dict[str, dict[int, list[Recording]]] = {}
    for recording in recordings:
        takes = speakers.setdefault(recording.speaker, {})
        takes.setdefault(recording.digit, []).append(recording)
    names = sorted(speakers)
    return [
        joined(rng, speakers[names[number % len(names)]], data)
        for number in range(size)
    ]


def joined(
    rng: np.random.Generator,
    takes: dict[int, list[Recording]],
    data: StringData,
) -> DigitString:
    """One string of a speaker's digit -> takes."""
    length = rng.integers(data.min_digits, data.max_digits + 1)
    digits = rng.choice(sorted(takes), length)
    longest = round(data.max_pause * RATE)
    parts = [np.zeros(rng.integers(0, longest + 1))]
    for digit in digits:
        take = takes[digit][rng.integers(len(takes[digit]))]
        gain = 10.0 ** (rng.uniform(-LEVEL, LEVEL) / 20.0)
        pause = np.zeros(rng.integers(0, longest + 1))
        parts += [gain * take.samples, pause]
    samples = np.concatenate(parts)
    samples += NOISE * rng.standard_normal(len(samples))
    return DigitString(samples.astype(np.float32), digits)


def stacked(frames: np.ndarray, size: int) -> np.ndarray:
    """Each `size` frames (T, D) as one: (⌈T / size⌉, size · D).

    The last frame is repeated to fill up (Sak et al. 2015, section 3.2).
    """
    missing = -len(frames) % size
    filled = np.concatenate([frames, np.repeat(frames[-1:], missing, axis=0)])
    return filled.reshape(-1, size * frames.shape[1])
