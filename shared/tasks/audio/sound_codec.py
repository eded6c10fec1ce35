"""A sound into a recognizer of digit strings, and its digits out of it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from shared.datasets.fsdd import RATE
from shared.decoding.ctc import decode as decode_labels
from shared.specs import ModelSpec
from shared.task import Dataset, Metadata, Size, Sizes
from shared.tasks.audio.digit_strings import stacked
from shared.tasks.audio.speech_data import centered, log_mel


class SpeechMetadata(Metadata):
    """How features are made, their scale, and the digit of each class."""

    digits: list[str]
    n_mels: Size
    frame_stack: Size
    per_recording: bool
    mean: list[float]
    deviation: list[float]
    beam: Size

    def sizes(self, model: ModelSpec) -> Sizes:
        yield "digits", self.digits, model.output_size

    def check(self, model: ModelSpec) -> None:
        super().check(model)
        if self.n_mels * self.frame_stack != model.input_size:
            raise ValueError(
                f"{self.n_mels} bands of {self.frame_stack} frames, where the "
                f"model has inputs of {model.input_size}"
            )
        for name in ("mean", "deviation"):
            if len(values := getattr(self, name)) != self.n_mels:
                raise ValueError(
                    f"{name}: {len(values)} values of {self.n_mels} bands"
                )


def metadata(dataset: Dataset) -> dict[str, Any]:
    """Of the names of `SpeechMetadata`."""
    fields = ("digits", "n_mels", "frame_stack", "per_recording", "beam")
    scale = {name: dataset.arrays[name] for name in ("mean", "deviation")}
    return {
        **{name: dataset.metadata[name] for name in fields},
        **{name: values.tolist() for name, values in scale.items()},
    }


def features(
    samples: np.ndarray, n_mels: int, per_recording: bool
) -> np.ndarray:
    """Log mel energies of samples (n,) at RATE: frames of 10 ms (T, D)."""
    energies = log_mel(samples, RATE, n_mels)
    return centered(energies) if per_recording else energies


def encode(
    samples: np.ndarray, metadata: Mapping[str, Any]
) -> tuple[np.ndarray, np.ndarray]:
    """Time steps (1, T, D) of samples (n,) at RATE, and their number (1,)."""
    frames = features(samples, metadata["n_mels"], metadata["per_recording"])
    mean, deviation = (
        np.array(metadata[name], np.float32) for name in ("mean", "deviation")
    )
    x = stacked((frames - mean) / deviation, metadata["frame_stack"])
    return x[None], np.array([len(x)], np.int32)


def decode(
    outputs: np.ndarray, metadata: Mapping[str, Any], beam: int = 0
) -> str:
    """The digits of logits (1, T, K); beam 0: that of the training."""
    ends = np.array([outputs.shape[1]])
    (labels,) = decode_labels(outputs, ends, beam or metadata["beam"])
    return " ".join(metadata["digits"][label] for label in labels)
