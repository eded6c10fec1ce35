"""`compare.py transcribe FILE ...`: the text of sounds by a trained model.

Any framework loads the weights; the data are not needed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import note
from comparisons.arguments.texts import STEPS
from comparisons.commands.trained.models import TrainedModel, open_model
from comparisons.commands.trained.text_stream import send, until_closed
from comparisons.runs.trained import Ask
from shared.datasets.fsdd import RATE
from shared.files.sound import read_sound
from shared.task import SoundCodec


class Sound(NamedTuple):
    """A file as a model reads it: x (1, T, D) and lengths (1,).

    rate: samples a second in the file.
    """

    path: Path
    x: np.ndarray
    lengths: np.ndarray
    rate: int


def main(arguments: list[str]) -> int:
    """Print the text of each file, a line each, in their order."""
    options = parse("transcribe", arguments)
    model = open_model(options, SoundCodec)
    sounds = [read(path, model) for path in options.files]
    note(model.heading)
    for sound in sounds:
        if sound.rate != RATE:
            note(f"{sound.path}: {sound.rate:,} samples a second, resampled")
    with until_closed(), model.worker() as ask:
        for text in texts_of(ask, model, sounds, options.beam):
            send(f"{text}\n")
    return 0


def read(path: Path, model: TrainedModel) -> Sound:
    """UserError for a file that holds no sound, or one that is too short."""
    samples, rate = read_sound(path, RATE)
    x, lengths = model.codec.encode(samples, model.metadata)
    return Sound(path, x, lengths, rate)


def texts_of(
    ask: Ask, model: TrainedModel, sounds: list[Sound], beam: int
) -> Iterator[str]:
    """The text of each sound; beam 0: that of the training."""
    path = str(model.path.resolve())
    for sound in sounds:
        (end,) = sound.lengths.tolist()
        padding = [(0, 0), (0, -end % STEPS), (0, 0)]  # few shapes to compile
        x = np.pad(sound.x, padding)
        answer = ask("predict", path=path, x=x, lengths=sound.lengths)
        outputs = answer["outputs"][:, :end]  # (1, T, K)
        yield model.codec.decode(outputs, model.metadata, beam)
