"""Strings of spoken digits as the splits of a data set."""

from pathlib import Path

import numpy as np

from shared.datasets import fsdd
from shared.datasets.fsdd import Recording
from shared.errors import DataError
from shared.files import catalogue, limits, user_file
from shared.specs import PARTS, Split
from shared.specs.ctc import frames_needed, label_targets
from shared.task import Dataset, Splits
from shared.tasks.audio import sound_codec
from shared.tasks.audio.digit_strings import (
    CLASSES,
    DigitString,
    StringData,
    draw_strings,
    stacked,
)
from shared.tasks.audio.recordings import LICENSE
from shared.tasks.audio.speech_data import split_recordings


def load(data: StringData, seed: int) -> Dataset:
    """Time steps (N, T, D), numbers of frames and labels (N, 1 + U).

    Each seed joins other training strings; all are scored on the same ones.
    """
    if data.data:
        path, hashes = Path(data.data), user_file.hashes(data)
    else:
        path = catalogue.locate(fsdd.FILE)
        hashes = catalogue.hashes([fsdd.FILE])
    recordings, notes = fsdd.read_recordings(path)
    parts = split_recordings(recordings, data)
    strings = drawn_strings(parts, data, seed)
    frames = {name: frames_of(part, data) for name, part in strings.items()}
    every = np.concatenate(frames["train"])
    mean, deviation = every.mean(axis=0), every.std(axis=0)
    deviation[deviation == 0.0] = 1.0  # silence
    steps = {
        name: [stacked((f - mean) / deviation, data.frame_stack) for f in part]
        for name, part in frames.items()
    }
    check_steps(path, steps, strings)
    return Dataset(
        *Splits(*(split_of(steps[name], strings[name]) for name in PARTS)),
        input_size=data.n_mels * data.frame_stack,
        output_size=len(CLASSES),
        hashes=hashes,
        metadata={
            "digits": list(CLASSES),
            "speakers": sorted({r.speaker for r in recordings}),
            "seconds": data.frame_stack / 100,
            "n_mels": data.n_mels,
            "frame_stack": data.frame_stack,
            "per_recording": data.per_recording,
            "beam": data.beam,
            "notes": notes if data.data else [LICENSE, *notes],
        },
        arrays={"mean": mean, "deviation": deviation},
    )


def drawn_strings(
    parts: dict[str, list[Recording]], data: StringData, seed: int
) -> dict[str, list[DigitString]]:
    """The strings of each part; only those of training follow the seed."""
    sizes = (data.train_strings, *[data.held_out_strings] * 2)
    seeds = ([seed, 7], [0, 8], [0, 9])
    return {
        name: draw_strings(parts[name], size, data, own)
        for name, size, own in zip(PARTS, sizes, seeds, strict=True)
    }


def frames_of(strings: list[DigitString], data: StringData) -> list[np.ndarray]:
    """Log mel energies of each string: frames of 10 ms (T, D)."""
    return [
        sound_codec.features(one.samples, data.n_mels, data.per_recording)
        for one in strings
    ]


def check_steps(
    path: Path,
    steps: dict[str, list[np.ndarray]],
    strings: dict[str, list[DigitString]],
) -> None:
    """DataError where they take too much memory, or have too few for CTC."""
    every = [one for part in steps.values() for one in part]
    longest, size = max(map(len, every)), every[0].shape[1]
    if longest * len(every) * size * 4 > limits.FRAMES:
        raise DataError(
            f"{path}: {len(every):,} strings, padded to the {longest:,} time "
            f"steps of the longest, take more than {limits.FRAMES >> 30} GiB"
        )
    for name, part in strings.items():
        for string, frames in zip(part, steps[name], strict=True):
            needed = frames_needed(string.digits)
            if needed > len(frames):
                raise DataError(
                    f"{path}: the {len(string.digits)} digits of a string of "
                    f"the {name} part need {needed} time steps for CTC, and "
                    f"it has {len(frames)}; give a smaller --frame-stack, or "
                    "a larger --max-pause"
                )


def split_of(steps: list[np.ndarray], strings: list[DigitString]) -> Split:
    """Time steps padded with 0, and their labels."""
    lengths = np.array(list(map(len, steps)), np.int32)
    x = np.zeros((len(steps), lengths.max(), steps[0].shape[1]), np.float32)
    for row, one in zip(x, steps, strict=True):
        row[: len(one)] = one
    labels = [string.digits + 1 for string in strings]  # 0 is the blank
    return Split(x, label_targets(labels, lengths), lengths)
