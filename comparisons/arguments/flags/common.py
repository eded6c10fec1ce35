"""The flags that several commands have."""

from functools import partial
from typing import Any

from comparisons.arguments.flags.flag import Flag, at_least, choice, flag, path
from comparisons.frameworks import FRAMEWORKS
from shared.specs import CELLS, DEVICES

LONGEST = 10**9
"""Seconds of a timeout, about 30 years: timers of the system have a limit."""

CHECKPOINT = "folder of best/, or a *.safetensors file of a run"

texts = partial(flag, "--text", action="append", default=[], type=str)
framework = partial(
    flag, "--framework", metavar="NAME", choices=tuple(FRAMEWORKS)
)
unknown = partial(
    choice, "--unknown", choices=("error", "skip"), default="error"
)


def frameworks(default: str = "pytorch, keras, jax") -> Flag:
    note = f" (default: {default})"
    return choice("--frameworks", "frameworks", FRAMEWORKS, note, nargs="+")


def cells(default: str = "rnn, gru, lstm") -> Flag:
    note = f" (default: {default})"
    return choice("--cells", "cells", CELLS, note, short=0, nargs="+")


def device(default: str) -> Flag:
    return choice("--device", "device to compute on", DEVICES, default=default)


def timeout(process: str, seconds: float = 900.0) -> Flag:
    text = f"seconds after which {process} is ended"
    kind = {"type": at_least(1, float, LONGEST), "metavar": "SECONDS"}
    return flag("--timeout", text, default=seconds, sweep=False, **kind)


def out(default: str = "results/TASK") -> Flag:
    text = f"folder of the results (default: {default})"
    return path("--out", text, metavar="DIR", sweep=False)


def checkpoint(more: str = "", **options: Any) -> Flag:
    text = f"trained model: a {CHECKPOINT}{more}"
    return path("--checkpoint", text, metavar="PATH", **options)
