"""Texts as they are sampled, one below the other, or as JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.runs.trained import heading as trained_heading
from shared.task import LanguageModelCodec
from shared.weights.checkpoints import Checkpoint

Rows = list[list[int]]
"""Tokens (B, n)."""

Draw = Callable[[Callable[[Rows], None]], None]
"""Samples all tokens; its argument gets them slice by slice."""


class Generation(NamedTuple):
    """A model and how it samples; start: the tokens of the prompt (P,)."""

    trained: Checkpoint
    path: Path
    framework: str
    settings: Mapping[str, Any]
    codec: LanguageModelCodec
    kept: Mapping[str, Any]
    start: np.ndarray

    def text(self, symbols: Any) -> str:
        """Tokens (n,) as text."""
        return self.codec.decode(np.asarray(symbols), self.kept)


def print_text(draw: Draw, job: Generation) -> None:
    """A single text as it is sampled; several when all are complete."""
    print(heading(job), file=sys.stderr, flush=True)
    prompt, count = job.text(job.start), job.settings["samples"]
    if count == 1:
        stream(draw, job, prompt)
        return
    for number, row in enumerate(collected(draw), 1):
        text = prompt + job.text(row)
        send(f"sample {number} of {count}\n{text}\n\n")


def stream(draw: Draw, job: Generation, prompt: str) -> None:
    """The prompt as soon as something follows it, then each piece."""
    before = [prompt]

    def show(rows: Rows) -> None:
        send("".join(before) + job.text(rows[0]))
        before.clear()

    try:
        draw(show)
    finally:
        if not before:  # else nothing stands on the line
            send("\n")


def print_json(draw: Draw, job: Generation) -> None:
    """An object a line, one for each text."""
    for number, row in enumerate(collected(draw), 1):
        shown = {
            "prompt": job.text(job.start),
            "text": job.text(row),
            "sample": number,
            "settings": dict(job.settings),
            "checkpoint": str(job.path),
            "framework": job.framework,
        }
        send(json.dumps(shown, ensure_ascii=False) + "\n")


FORMATS: dict[str, Callable[[Draw, Generation], None]] = {
    "text": print_text,
    "json": print_json,
}


def heading(job: Generation) -> str:
    """The model, and how tokens are sampled."""
    settings = job.settings
    rule = {
        "temperature": f"{settings['temperature']:g}",
        "top-k": settings["top_k"] or "all",
        "top-p": f"{settings['top_p']:g}",
        "seed": settings["seed"],
    }
    drawn = ", ".join(f"{name} {value}" for name, value in rule.items())
    if settings["temperature"] == 0:
        drawn = "the most probable token each time"
    model = trained_heading(job.trained, job.framework)
    return f"{model} in {settings['precision']}; {drawn}"


def collected(draw: Draw) -> np.ndarray:
    """All tokens of all texts: (B, S)."""
    pieces: list[Rows] = []
    draw(pieces.append)
    return np.concatenate(pieces, axis=1)


@contextmanager
def until_closed() -> Iterator[None]:
    """Context that ends in silence when the reader of a pipe leaves."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def send(text: str) -> None:
    """Print at once; what would steer a terminal does not get there."""
    if sys.stdout.isatty():
        text = printable(text)
    encoding = sys.stdout.encoding or "utf-8"
    text = text.encode(encoding, "replace").decode(encoding)
    print(end=text, flush=True)


def printable(text: str, among: str = "\n\t") -> str:
    """The text with a blank for each sign that moves the cursor."""
    return "".join(c if c in among or c.isprintable() else " " for c in text)
