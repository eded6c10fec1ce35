"""`compare.py generate`: text or music from a trained model.

Any framework loads the weights, and all generate the same: the random
numbers come from one NumPy stream.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from comparisons.arguments.checkpoints import (
    checkpoint_path,
    codec_of,
    of_options,
    prompt_of,
    tasks_with,
)
from comparisons.arguments.command_line import parse
from comparisons.commands.generate_music import improvise
from comparisons.commands.text_stream import (
    FORMATS,
    Generation,
    Rows,
    until_closed,
)
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import model_worker
from shared.decoding.sampling import Sampling
from shared.task import FrameCodec, LanguageModelCodec
from shared.tasks import get_task

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Print the text as it is sampled; 130 if stopped before its end."""
    options = parse("generate", arguments)
    settings = settings_of(options)
    tasks = tasks_with(LanguageModelCodec, FrameCodec)
    path = checkpoint_path(options, tasks)
    trained = load_checkpoint(path)
    if isinstance(get_task(trained.run.task).codec, FrameCodec):
        return improvise(options, settings, path, trained)
    codec, kept = codec_of(trained, path, options, LanguageModelCodec)
    start = prompt_of(options, codec, kept)
    framework = options.framework or trained.run.framework
    job = Generation(trained, path, framework, settings, codec, kept, start)
    where = (options.timeout, options.device, options.precision)

    def draw(show: Callable[[Rows], None]) -> None:
        with model_worker(trained, framework, *where) as ask:
            ask(
                "generate",
                on_event=lambda event: show(event["symbols"]),
                path=str(path.resolve()),
                start=start,
                settings=settings,
            )

    try:
        with until_closed():
            FORMATS[options.format](draw, job)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def settings_of(options: Namespace) -> dict[str, Any]:
    """How tokens are sampled, checked."""
    own = ("length", "samples", "seed", "precision", "device")
    rule = asdict(of_options(Sampling, options))
    return {**rule, **{name: getattr(options, name) for name in own}}
