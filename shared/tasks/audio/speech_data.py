"""Spoken digits: options, splits, and features frame by frame."""

import math
from dataclasses import dataclass

import numpy as np

from shared.datasets.fsdd import Recording
from shared.errors import DataError, SpecError, unknown
from shared.fields import from_zero, option
from shared.files.user_file import UserFile
from shared.tasks.audio.sound_folder import ENDINGS

TEST_TAKES, VALIDATION_TAKES = 5, 10
"""Takes before these are the official test split; of the others, validation."""


RULES = {
    "official": "takes (12 of 7_theo_12.wav) from 0 to 4 are for test, from 5 "
    "to 9 for validation, the others for training",
    "speaker": "takes (12 of 7_theo_12.wav) of the other speakers from 0 to 9 "
    "are for validation, their others for training",
}
"""Split -> which recordings are for which part."""


@dataclass(frozen=True)
class RecordingData(UserFile):
    """Which recordings are for which part, and their features."""

    dataset: str = option("fsdd", "data set of recordings", choices=("fsdd",))
    split: str = option(
        "official",
        "official: the first five takes are the test split; "
        "speaker: all takes of one speaker are",
        choices=("official", "speaker"),
    )
    speaker: str = option("theo", "held-out speaker when --split is speaker")
    n_mels: int = option(40, "mel bands D of each frame", least=3, most=95)
    normalize: str = option(
        "auto",
        "normalize by statistics of the training split, or each "
        "recording first by its own; auto: recording if --split is "
        "speaker",
        choices=("auto", "training", "recording"),
    )
    max_train_takes: int = from_zero(
        0, "training takes per digit and speaker; 0: all"
    )

    @property
    def per_recording(self) -> bool:
        """Whether each recording is normalized by itself first."""
        auto = self.normalize == "auto" and self.split == "speaker"
        return auto or self.normalize == "recording"

    def held_out(self, recording: Recording) -> bool:
        if self.split == "speaker":
            return recording.speaker == self.speaker
        return recording.take < TEST_TAKES


@dataclass(frozen=True)
class SpokenData(RecordingData):
    FOLDER_OF = ENDINGS

    data: str = option(
        "",
        "archive of your own digits, or a folder with one of WAV or FLAC files "
        "for each class",
    )
    target: str = option(
        "digit", "what is classified", choices=("digit", "speaker")
    )
    split_seed: int = from_zero(
        0, "seed of the split of a folder, not of the training"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.split == self.target == "speaker":
            raise SpecError(
                "split speaker holds a speaker out whom target speaker would "
                "have to know"
            )


def split_recordings(
    recordings: list[Recording], data: RecordingData
) -> dict[str, list[Recording]]:
    speakers = {recording.speaker for recording in recordings}
    if data.split == "speaker" and data.speaker not in speakers:
        raise SpecError(unknown("speaker", data.speaker, speakers))
    end = VALIDATION_TAKES + (data.max_train_takes or math.inf)
    others = [r for r in recordings if not data.held_out(r)]
    parts = {
        "train": [r for r in others if VALIDATION_TAKES <= r.take < end],
        "validation": [r for r in others if r.take < VALIDATION_TAKES],
        "test": [r for r in recordings if data.held_out(r)],
    }
    for name, part in parts.items():
        if not part:
            raise DataError(
                f"no recording is for the {name} part; {RULES[data.split]}"
            )
    return parts


def log_mel(samples: np.ndarray, rate: int, bands: int) -> np.ndarray:
    """Samples (n,) -> log mel energies (T, D), as computed by Kaldi."""
    import kaldi_native_fbank

    options = kaldi_native_fbank.FbankOptions()
    options.frame_opts.samp_freq = rate
    options.frame_opts.frame_shift_ms = 10.0
    options.frame_opts.frame_length_ms = 25.0
    options.frame_opts.dither = 0.0  # random otherwise
    options.frame_opts.snip_edges = False  # the shortest sound has a frame
    options.mel_opts.num_bins = bands
    bank = kaldi_native_fbank.OnlineFbank(options)
    bank.accept_waveform(rate, samples.tolist())
    bank.input_finished()
    frames = [bank.get_frame(n) for n in range(bank.num_frames_ready)]
    return np.array(frames, np.float32)


def centered(energies: np.ndarray) -> np.ndarray:
    """Log energies (T, D) with mean 0 per band and overall deviation 1.

    Removes the speaker's and the microphone's constant effect on each band, and
    the loudness (cepstral mean subtraction: Atal 1974).
    """
    differences = energies - energies.mean(axis=0)
    return differences / (differences.std() or 1.0)
