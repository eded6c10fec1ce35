"""Texts as they are drawn, one below the other, or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.runs.trained import title
from shared.task import LanguageModelCodec
from shared.weights.checkpoints import Checkpoint

Rows = list[list[int]]
"""Symbols (B, n)."""

Draw = Callable[[Callable[[Rows], None]], None]
"""Draws all symbols; what it is given gets them piece by piece."""


class Writing(NamedTuple):
    """A model and all that is asked of it; start: the prompt's (P,)."""

    trained: Checkpoint
    path: Path
    framework: str
    settings: Mapping[str, Any]
    codec: LanguageModelCodec
    kept: Mapping[str, Any]
    start: np.ndarray

    def text(self, symbols: Any) -> str:
        """Symbols (n,) as text."""
        return self.codec.decode(np.asarray(symbols), self.kept)


def print_text(draw: Draw, writing: Writing) -> None:
    """A single text as it is drawn; several when all are complete."""
    print(heading(writing), file=sys.stderr, flush=True)
    prompt, count = writing.text(writing.start), writing.settings["samples"]
    if count == 1:
        stream(draw, writing, prompt)
        return
    for number, row in enumerate(collected(draw), 1):
        text = prompt + writing.text(row)
        send(f"sample {number} of {count}\n{text}\n\n")


def stream(draw: Draw, writing: Writing, prompt: str) -> None:
    """The prompt as soon as something follows it, then each piece."""
    before = [prompt]

    def show(rows: Rows) -> None:
        send("".join(before) + writing.text(rows[0]))
        before.clear()

    try:
        draw(show)
    finally:
        if not before:  # else nothing stands on the line
            send("\n")


def print_json(draw: Draw, writing: Writing) -> None:
    """An object a line, one for each text."""
    for number, row in enumerate(collected(draw), 1):
        shown = {
            "prompt": writing.text(writing.start),
            "text": writing.text(row),
            "sample": number,
            "settings": dict(writing.settings),
            "checkpoint": str(writing.path),
            "framework": writing.framework,
        }
        send(json.dumps(shown, ensure_ascii=False) + "\n")


FORMATS: dict[str, Callable[[Draw, Writing], None]] = {
    "text": print_text,
    "json": print_json,
}


def heading(writing: Writing) -> str:
    """What writes, and how symbols are drawn."""
    settings = writing.settings
    rule = {
        "temperature": f"{settings['temperature']:g}",
        "top-k": settings["top_k"] or "all",
        "top-p": f"{settings['top_p']:g}",
        "seed": settings["seed"],
    }
    drawn = ", ".join(f"{name} {value}" for name, value in rule.items())
    if settings["temperature"] == 0:
        drawn = "the likeliest symbol each time"
    read = f"read with {writing.framework} in {settings['precision']}"
    return f"{title(writing.trained)}\n{read}; {drawn}"


def collected(draw: Draw) -> np.ndarray:
    """All symbols of all texts: (B, S)."""
    pieces: list[Rows] = []
    draw(pieces.append)
    return np.concatenate(pieces, axis=1)


def send(text: str) -> None:
    """Print at once; what would steer a terminal does not get there."""
    if sys.stdout.isatty():
        text = printable(text)
    encoding = sys.stdout.encoding or "utf-8"
    text = text.encode(encoding, "replace").decode(encoding)
    print(end=text, flush=True)


def printable(text: str) -> str:
    """The text with a blank for each sign that moves the cursor."""
    return "".join(c if c in "\n\t" or c.isprintable() else " " for c in text)
