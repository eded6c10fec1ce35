"""Rounds in which every row predicts, each in a process of its own."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple, TypeVar

from comparisons.bench.latency.rows import KINDS, Row
from comparisons.runs.trained import Ask, fresh_worker
from shared.exhibits.names import row_name

CALLS = {"latency": 10, "throughput": 3}
"""Calls of each kind in a turn of a row, after one that is not timed."""

Calls = Callable[[str, int], Any]
"""(kind, how many) -> what a row answers."""

Turn = TypeVar("Turn")


class Measured(NamedTuple):
    """The raw times of a row: seconds of calls by kind, round by round."""

    times: dict[str, list[list[float]]]
    deviations: dict[str, float]


def in_rounds(
    turns: Sequence[Callable[[], Turn]], rounds: int
) -> list[list[Turn]]:
    """What each turn returns in every round, in the order of the turns.

    Each round begins with the next one, so that none always follows the same.
    """
    found: list[list[Turn]] = [[] for _ in turns]
    for number in range(rounds):
        for place in range(len(turns)):
            row = (number + place) % len(turns)
            found[row].append(turns[row]())
    return found


def measured(
    rows: Sequence[Row],
    rounds: int,
    timeout: float,
    say: Callable[[str], None],
) -> list[Measured]:
    """The times of all rows, whose processes live until the last round.

    UserError if one fails.
    """
    with ExitStack() as processes:
        asks, deviations = [], []
        for number, row in enumerate(rows, 1):
            name = row_name(row.run.framework, row.run.cell)
            say(f"[{number}/{len(rows)}] {name}")
            ask = processes.enter_context(fresh_worker(name, row.sent))
            asks.append(asking(ask, row, timeout))
            deviations.append(
                {kind: asks[-1](kind, 0)["deviation"] for kind in KINDS}
            )
        say(f"{rounds} rounds")
        turns = [turn_of(ask) for ask in asks]
        found = in_rounds(turns, rounds)
    return [
        Measured({kind: [t[kind] for t in own] for kind in KINDS}, errors)
        for own, errors in zip(found, deviations, strict=True)
    ]


def asking(ask: Ask, row: Row, timeout: float) -> Calls:
    """What asks a row for so many calls of a kind."""
    files = dict(zip(KINDS, row.files, strict=True))

    def calls(kind: str, count: int) -> Any:
        fields = {"examples": str(files[kind]), "calls": count, **row.request}
        return ask(row.job, row.sent, timeout, **fields)

    return calls


def turn_of(ask: Calls) -> Callable[[], dict[str, list[float]]]:
    """A turn of a row: the seconds of its calls, by kind."""
    return lambda: {
        kind: ask(kind, count)["seconds"] for kind, count in CALLS.items()
    }
