"""The flags of `compare.py bench paths`."""

from comparisons.arguments.flags import common
from comparisons.arguments.flags.bench import JSON
from comparisons.arguments.flags.flag import (
    Groups,
    choice,
    flag,
    number,
    numbers,
    path,
    switch,
)

MODES = ("training", "inference")
SIZES = {
    "hidden_sizes": ("hidden units H", (32, 128, 512)),
    "lengths": ("time steps T", (20, 200)),
    "batch_sizes": ("sequences per batch B", (1, 64)),
    "threads": ("CPU threads", (1, 2)),
}
"""What a map varies: its text, and its values unless others are given."""


def sizes(name: str, text: str, values: tuple[int, ...]) -> tuple:
    shown = f"{text} (default: {' '.join(map(str, values))})"
    return numbers(f"--{name.replace('_', '-')}", shown)


BENCH_PATHS: Groups = {
    "": [
        common.frameworks(),
        common.cells(),
        flag(
            "--paths",
            "paths, of those that the table lists for each framework "
            "(default: all)",
            nargs="+",
            metavar="NAME",
        ),
        choice(
            "--modes", "what is timed", MODES, " (default: both)", nargs="+"
        ),
        *(sizes(name, *size) for name, size in SIZES.items()),
        switch(
            "--operations",
            "trace an epoch of each training: the time of a step by kind of "
            "operation, on the CPU",
        ),
        number("--size", "input features D", 32),
        number(
            "--rounds", "timed rounds, an epoch of each path in turn", 12, 6
        ),
        common.timeout("the process of a row"),
        common.out("results/paths"),
        path(
            "--against",
            "say what is faster or slower than in the records of this folder",
            metavar="DIR",
        ),
        JSON,
    ]
}
