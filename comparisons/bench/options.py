"""What `compare.py bench` can time, and at which sizes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from comparisons.arguments.flags import Parser
from comparisons.arguments.options import Options, words
from shared.errors import UserError
from shared.specs import RunSpec
from shared.tasks import preset_of

ANY = {
    "cell": ("rnn", "gru", "lstm"),
    "precision": ("float32", "tf32"),
    "optimizer": ("adam",),
    "schedule": ("cosine",),
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
    """Raise UserError for a model without a minimal loop."""
    preset = preset_of(choices.task, choices.preset)
    found: dict[str, Any] = {}
    for kind, record in (
        ("model", choices.task.model),
        ("train", choices.task.train),
    ):
        changes = {**preset.get(kind, {}), **choices.overrides[kind]}
        found |= vars(replace(record, **changes))
    asked = [(name, value) for name, value in found.items() if name != "cell"]
    asked += [("cell", cell) for cell in choices.cells]
    asked.append(("precision", choices.precision))
    rules = MINIMAL.get(choices.task.model.model, WHOLE)
    for name, value in asked:
        if value not in rules.get(name, (value,)):
            raise UserError(
                f"the minimal loops have no {name} {value}; "
                f"choices: {', '.join(map(str, rules[name]))}"
            )


def take_numbers(
    arguments: list[str], flag: str
) -> tuple[tuple[int, ...], list[str]]:
    """The numbers of a flag, () without it, and the other arguments."""
    parser = Parser(add_help=False, allow_abbrev=False)
    parser.add_argument(flag, dest="found", nargs="+")
    options, rest = parser.parse_known_args(arguments)
    if options.found is None:
        return (), rest
    return tuple(number(flag, word) for word in words(options.found)), rest


def number(flag: str, word: str) -> int:
    try:
        value = int(word)
    except ValueError:
        raise UserError(f"{flag}: '{word}' is no whole number") from None
    if value < 1:
        raise UserError(f"{flag} must be at least 1, not {value}")
    return value


def hidden_sizes(
    choices: Options, asked: tuple[int, ...], usual: tuple[int, ...]
) -> tuple[int, ...]:
    """The sizes given, else the usual ones; () for the task's own size."""
    given = {
        "--hidden-size": "hidden_size" in choices.overrides["model"],
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
        replace(run, model={**run.model, "hidden_size": size})
        for run in runs
        for size in sizes
    ] or list(runs)
