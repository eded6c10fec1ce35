"""`compare.py generate`: what a trained language model writes.

Any framework reads the weights, whichever trained them, and all write the
same text: the random draws come from one numpy stream.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from comparisons.arguments.checkpoints import (
    checkpoint_path,
    language_of,
    prompt_of,
    writing_tasks,
)
from comparisons.generate_flags import parse, settings_of
from comparisons.generate_music import improvise
from comparisons.generate_output import FORMATS, Rows, Writing
from comparisons.implementation import Implementation
from comparisons.trained import asked, load_trained
from shared.decoding.sampling import Sampling, uniforms
from shared.specs import RunSpec
from shared.tasks import get_task
from shared.weights.checkpoints import load_checkpoint

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Print the text as it is drawn; 130 if stopped before its end."""
    options = parse(arguments)
    settings, path = (
        settings_of(options),
        checkpoint_path(options, writing_tasks()),
    )
    trained = load_checkpoint(path)
    if get_task(trained.run.task).frames is not None:
        return improvise(options, settings, path, trained)
    port, kept = language_of(trained, path, options)
    start = prompt_of(options, port, kept)
    framework = options.framework or trained.run.framework
    writing = Writing(trained, path, framework, settings, port, kept, start)
    where = (options.timeout, options.device, options.precision)

    def draw(show: Callable[[Rows], None]) -> None:
        with asked(trained, framework, *where) as ask:
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


def write_on(
    run: RunSpec,
    implementation: Implementation,
    request: dict[str, Any],
    emit: Callable[[dict[str, Any]], None],
) -> dict[str, Any]:
    """What a worker does: emit symbols (B, n) each as they are drawn."""
    where = (run.threads, run.device, run.precision)
    trained, model = load_trained(implementation, request["path"], *where)
    settings = request["settings"]
    rule = Sampling(**{n: settings[n] for n in asdict(Sampling())})
    # No framework counts further than its integers go.
    rule = replace(rule, top_k=min(rule.top_k, trained.model.output_size))
    size = settings["samples"]
    start = np.array(request["start"], request.get("type", "int32"))
    prompt = np.repeat(start[None], size, axis=0)  # (B, P) or (B, P, K)
    keys = start.shape[1] if start.ndim > 1 else 0
    draws = uniforms(settings["length"], size, settings["seed"], keys)
    for symbols in implementation.generate(model, prompt, draws, rule):
        emit({"event": "symbols", "symbols": symbols.tolist()})
    return {}
