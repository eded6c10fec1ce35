"""`compare.py generate`: what a trained language model writes.

Any framework reads the weights, whichever trained them, and all write the
same text: the random draws come from one numpy stream.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from comparisons.arguments.checkpoints import (
    checkpoint_path,
    language_of,
    prompt_of,
    writing_tasks,
)
from comparisons.arguments.command_line import parse
from comparisons.commands.generate_music import improvise
from comparisons.commands.text_stream import FORMATS, Rows, Writing
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import model_worker
from shared.decoding.sampling import Sampling
from shared.task import FrameCodec
from shared.tasks import get_task

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Print the text as it is drawn; 130 if stopped before its end."""
    options = parse("generate", arguments)
    settings, path = (
        settings_of(options),
        checkpoint_path(options, writing_tasks()),
    )
    trained = load_checkpoint(path)
    if isinstance(get_task(trained.run.task).codec, FrameCodec):
        return improvise(options, settings, path, trained)
    codec, kept = language_of(trained, path, options)
    start = prompt_of(options, codec, kept)
    framework = options.framework or trained.run.framework
    writing = Writing(trained, path, framework, settings, codec, kept, start)
    where = (options.timeout, options.device, options.precision)

    def draw(show: Callable[[Rows], None]) -> None:
        with model_worker(trained, framework, *where) as ask:
            ask(
                "generate",
                on_event=lambda event: show(event["symbols"]),
                path=str(path.resolve()),
                start=start.tolist(),
                settings=settings,
            )

    try:
        FORMATS[options.format](draw, writing)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def settings_of(options: Namespace) -> dict[str, Any]:
    """How symbols are drawn, checked."""
    given, names = vars(options), asdict(Sampling())
    rule = Sampling(**{n: given[n] for n in names if n in given})
    own = ("length", "samples", "seed", "precision", "device")
    return {**asdict(rule), **{name: given[name] for name in own}}
