"""Texts as they are sampled, one below the other, or as JSON."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from comparisons.arguments.terminal import note, say_json
from comparisons.commands.trained.models import TrainedModel
from shared.printable import printable

Rows = list[list[int]]
"""Tokens (B, n)."""

Sample = Callable[[Callable[[Rows], None]], None]
"""Samples all tokens; its argument gets them slice by slice."""


class Generation(NamedTuple):
    """A model and how it samples; start: the tokens of the prompt (P,)."""

    model: TrainedModel
    settings: Mapping[str, Any]
    start: np.ndarray

    def text(self, tokens: Any) -> str:
        """Tokens (n,) as text."""
        model = self.model
        text: str = model.codec.decode(np.asarray(tokens), model.metadata)
        return text


def print_text(sample: Sample, job: Generation) -> None:
    """A single text as it is sampled; several when all are complete."""
    note(heading(job))
    before, count = [job.text(job.start)], job.settings["samples"]
    if count > 1:
        for number, row in enumerate(collected(sample), 1):
            text = before[0] + job.text(row)
            send(f"sample {number} of {count}\n{text}\n\n")
        return

    def show(rows: Rows) -> None:
        send("".join(before) + job.text(rows[0]))
        before.clear()

    try:
        sample(show)
    finally:
        if not before:  # else the line is empty
            send("\n")


def print_json(sample: Sample, job: Generation) -> None:
    """An object a line, one for each text."""
    for number, row in enumerate(collected(sample), 1):
        shown = {
            "prompt": job.text(job.start),
            "text": job.text(row),
            "sample": number,
            "settings": dict(job.settings),
            "checkpoint": str(job.model.path),
            "framework": job.model.framework,
        }
        say_json(shown)


FORMATS = {"text": print_text, "json": print_json}


def heading(job: Generation) -> str:
    """The model, and how tokens are sampled."""
    settings = job.settings
    rule = (
        f"temperature {settings['temperature']:g}, top-k "
        f"{settings['top_k'] or 'all'}, top-p {settings['top_p']:g}, seed "
        f"{settings['seed']}"
    )
    if settings["temperature"] == 0:
        rule = "the most probable token each time"
    return f"{job.model.heading} in {settings['precision']}; {rule}"


def collected(sample: Sample) -> np.ndarray:
    """All tokens of all texts: (B, S)."""
    slices: list[Rows] = []
    sample(slices.append)
    return np.concatenate(slices, axis=1)


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
