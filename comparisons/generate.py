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

from comparisons.generate_flags import parse, settings_of
from comparisons.generate_input import (
    checkpoint_path,
    language_of,
    language_tasks,
    prompt_of,
)
from comparisons.generate_output import FORMATS, Rows, Writing
from comparisons.implementation import Implementation
from comparisons.trained import asked, load_trained
from shared.checkpoints import load_checkpoint
from shared.sampling import Sampling, uniforms
from shared.specs import RunSpec

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Print the text as it is drawn; 130 if stopped before its end."""
    options = parse(arguments)
    settings, path = (
        settings_of(options),
        checkpoint_path(options, language_tasks()),
    )
    trained = load_checkpoint(path)
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
    prompt = np.tile(np.array(request["start"], np.int32), (size, 1))  # (B, P)
    draws = uniforms(settings["length"], size, settings["seed"])
    for symbols in implementation.generate(model, prompt, draws, rule):
        emit({"event": "symbols", "symbols": symbols.tolist()})
    return {}
