"""Music from a trained model of frames: `compare.py generate --task music`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.arguments.checkpoints import codec_of
from comparisons.commands.text_stream import collected
from comparisons.runs.trained import heading, model_worker
from shared.errors import UserError
from shared.task import FrameCodec
from shared.weights.checkpoints import Checkpoint


def improvise(
    options: Namespace,
    settings: Mapping[str, Any],
    path: Path,
    trained: Checkpoint,
) -> int:
    """Continue the first frames of a piece; write one file per sample."""
    codec, kept = codec_of(trained, path, options, FrameCodec)
    for name, usual in (("top_k", 0), ("top_p", 1.0)):
        if settings[name] != usual:
            flag = name.replace("_", "-")
            raise UserError(
                f"--{flag} is of symbols; keys are drawn by --temperature alone"
            )
    begin = codec.begin(kept, options.frames)
    framework = options.framework or trained.run.framework
    where = (options.timeout, options.device, options.precision)
    print(heading(trained, framework), file=sys.stderr)

    def draw(show: Any) -> None:
        with model_worker(trained, framework, *where) as ask:
            ask(
                "generate",
                on_event=lambda event: show(event["symbols"]),
                path=str(path.resolve()),
                start=begin,
                settings=settings,
            )

    played = collected(draw)  # (B, S, K)
    name = f"{trained.run.task}-{framework}-{trained.run.cell}{codec.suffix}"
    for number, frames in enumerate(played, 1):
        file = numbered(options.file or Path(name), number, len(played))
        codec.save(np.concatenate([begin, frames]), file)
        sounding = frames.sum(axis=1).mean()
        print(
            f"file: {file} ({len(begin)} frames of a piece and {len(frames)} "
            f"more, {sounding:.1f} keys at a time)"
        )
    return 0


def numbered(file: Path, number: int, count: int) -> Path:
    """The file's name, with a number where there are several."""
    if count == 1:
        return file
    return file.with_name(f"{file.stem}-{number}{file.suffix}")
