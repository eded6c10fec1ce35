"""The parts of a task's code, in the order of reading, and what is in each."""

from collections.abc import Collection

from shared.errors import UserError, unknown
from shared.specs import CELLS

PARTS = {
    "data": ("device.py",),
    "cell": ("cells.py", "recurrent_dropout.py", "layer_norm.py"),
    "layer": (
        *("recurrent.py", "scratch.py", "scan.py"),
        *("bptt.py", "bptt_cells.py"),
    ),
    "model": ("models.py",),
    "loss": ("losses.py",),
    "step": ("training.py", "optimizers.py"),
    "loop": (),
    "evaluation": ("tbptt.py", "decoding.py", "generation.py"),
    "weights": ("weights.py",),
}
"""Part -> its files, in the order of reading; others are of the model."""

GROUPS = {"training": ("step", "loop")}
"""Other names of several parts."""

MOVED = {
    "cells.py": (("LAYERS",), "layer"),
    "training.py": (
        (
            "fit",
            "TrainedModel",
            "Batches",
            "cut",
            "as_dataset",
            "EpochCallback",
            "LOOPS",
        ),
        "loop",
    ),
}
"""File -> beginnings of the names that another part than the file's has."""

FIRST = ("LAYERS",)
"""What a part begins with: the names of a framework's own layers."""

PREDICTION = ("predict", "apply")
"""What of training.py is part of the evaluation."""


def check(cell: str, parts: Collection[str]) -> None:
    """Raise UserError for a cell or a part that does not exist."""
    if cell not in CELLS:
        raise UserError(unknown("cell", cell, CELLS))
    for part in parts:
        if part not in PARTS and part not in GROUPS:
            raise UserError(unknown("part", part, [*PARTS, *GROUPS]))


def order_of(file: str, name: str) -> tuple[int, int]:
    """Where a definition is: its part, and its file's place there.

    What another file's part has is before the files of the part.
    """
    part = part_of(file, name)
    files = ("", *PARTS[part])
    place = 0 if name in FIRST or file not in files else files.index(file)
    return list(PARTS).index(part), place


def part_of(file: str, name: str) -> str:
    """The part of a definition."""
    base = name.partition(".")[0]
    if file == "training.py" and base in PREDICTION:
        return "evaluation"
    beginnings, part = MOVED.get(file, ((), ""))
    if base.startswith(beginnings or ("\n",)):
        return part
    return next((p for p, files in PARTS.items() if file in files), "model")
