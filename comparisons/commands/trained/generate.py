"""`compare.py generate`: text or music from a trained model.

Any framework loads the weights, and all generate the same: the random
numbers come from one NumPy stream.
"""

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.arguments.checkpoints import of_options, prompt_of
from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import note, say
from comparisons.commands.trained.models import TrainedModel, open_model
from comparisons.commands.trained.text_stream import (
    FORMATS,
    Generation,
    Rows,
    Sample,
    collected,
    until_closed,
)
from shared.decoding.sampling import Sampling
from shared.errors import UserError
from shared.task import FrameCodec, LanguageModelCodec
from shared.tasks import get_task

INTERRUPTED = 130

MOST_DRAWS = 10_000_000
"""Random numbers of all texts, which are drawn before the first token."""


def main(arguments: list[str]) -> int:
    """Print the text as it is sampled; 130 if stopped before its end."""
    options = parse("generate", arguments)
    settings = settings_of(options)
    model = open_model(options, LanguageModelCodec, FrameCodec)
    music = isinstance(model.codec, FrameCodec)
    other, kind = ("prompt", "texts") if music else ("file", "music")
    if getattr(options, other) is not None:
        raise UserError(f"--{other} is of {kind}, which this is no model of")
    if music:
        start = first_frames(model, settings)
        note(model.heading)
    else:
        start = prompt_of(options, model.codec, model.metadata)
    check_size(options, start)

    def sample(show: Callable[[Rows], None]) -> None:
        with model.worker() as ask:
            ask(
                "generate",
                on_event=lambda event: show(event["tokens"]),
                path=str(model.path.resolve()),
                start=start,
                settings=settings,
            )

    if music:
        save_music(model, start, sample)
        return 0
    try:
        with until_closed():
            FORMATS[options.format](sample, Generation(model, settings, start))
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def settings_of(options: Namespace) -> dict[str, Any]:
    """How tokens or frames are drawn, and how many."""
    names = ("length", "samples", "seed", "precision", "device")
    settings = asdict(of_options(Sampling, options))
    return settings | {name: getattr(options, name) for name in names}


def check_size(options: Namespace, start: np.ndarray) -> None:
    """UserError for texts of more tokens, or of more keys, than is bounded."""
    most = MOST_DRAWS // start[:1].size
    if options.length * options.samples > most:
        raise UserError(
            f"--samples {options.samples} of --length {options.length} are too "
            f"many tokens or frames; at most {most:,} in all"
        )


def first_frames(
    model: TrainedModel, settings: Mapping[str, Any]
) -> np.ndarray:
    """Frames (P, K) to continue; UserError for settings of tokens only."""
    for name, default in (("top_k", 0), ("top_p", 1.0)):
        if settings[name] != default:
            flag = name.replace("_", "-")
            raise UserError(
                f"--{flag} is of tokens; keys are drawn by --temperature alone"
            )
    frames: np.ndarray = model.codec.begin(model.metadata, model.options.frames)
    return frames


def save_music(model: TrainedModel, start: np.ndarray, sample: Sample) -> None:
    """Write one file per sample, numbered where there are several."""
    run, codec = model.trained.run, model.codec
    task = get_task(run.task).name
    name = f"{task}-{model.framework}-{run.cell}{codec.suffix}"
    path = model.options.file or Path(name)
    samples = collected(sample)  # (B, S, K)
    for number, frames in enumerate(samples, 1):
        file = path
        if len(samples) > 1:
            file = path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            codec.save(np.concatenate([start, frames]), file)
        except OSError as error:
            raise UserError(
                f"cannot write '{file}': {error.strerror}"
            ) from error
        say(
            f"file: {file} ({len(start)} frames of a piece and {len(frames)} "
            f"more, {frames.sum(axis=1).mean():.1f} keys at a time)"
        )
