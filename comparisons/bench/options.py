"""What `compare.py bench` can time, and at which sizes."""

from __future__ import annotations

from dataclasses import replace

from comparisons.arguments.options import Options
from shared.errors import UserError
from shared.specs import RunSpec

ANY = {
    "cell": ("rnn", "gru", "lstm"),
    "precision": ("float32", "tf32"),
    "optimizer": ("adam",),
    "lr_schedule": ("cosine",),
    "clip_value": (0.0,),
}
WHOLE = {
    "model": ("forecaster", "classifier"),
    "pooling": ("last", "mean+max"),
    "num_layers": (1,),
    **ANY,
}
MINIMAL = {
    "language_model": {
        "input": ("embedding",),
        "tie_weights": (False,),
        "stateful": (True,),
        **ANY,
    },
}
"""Model -> what its minimal loops are written for; WHOLE for any other."""


def check_minimal(choices: Options) -> None:
    """Raise UserError for a model that the minimal loops do not have."""
    run = choices.run
    found = {**vars(run.model), **vars(run.train), "precision": run.precision}
    asked = [(name, value) for name, value in found.items() if name != "cell"]
    asked += [("cell", cell) for cell in choices.cells]
    rules = MINIMAL.get(choices.task.model.model, WHOLE)
    for name, value in asked:
        if value not in rules.get(name, (value,)):
            raise UserError(
                f"the minimal loops have no {name} {value}; "
                f"choices: {', '.join(map(str, rules[name]))}"
            )


def hidden_sizes(
    choices: Options, asked: tuple[int, ...], usual: tuple[int, ...]
) -> tuple[int, ...]:
    """The sizes given, else the usual ones; () for the task's own size."""
    given = {
        "--hidden-size": "hidden_size" in choices.given,
        "--match-parameters": choices.match_parameters > 0,
    }
    for flag, there in given.items():
        if there and asked:
            raise UserError(f"{flag} and --hidden-sizes exclude each other")
    return () if any(given.values()) else asked or usual


def of_sizes(
    runs: tuple[RunSpec, ...], sizes: tuple[int, ...]
) -> list[RunSpec]:
    """Each run at each hidden size; unchanged without sizes."""
    return [
        replace(run, model=replace(run.model, hidden_size=size))
        for run in runs
        for size in sizes
    ] or list(runs)
