"""The machines of some runs, and the one whose times are compared."""

from collections import Counter
from collections.abc import Iterable
from string import ascii_uppercase

from comparisons.records.record import RunRecord

Identity = tuple[str, str, int]
"""Host, processor, and cores of a machine."""


def identity(run: RunRecord) -> Identity:
    """What distinguishes the machine of a run from others.

    The rest of a machine changes with its system, such as its memory.
    """
    return run.machine.host, run.machine.processor, run.machine.cores


def lettered(runs: Iterable[RunRecord]) -> dict[Identity, str]:
    """Machine -> A, B, ..., in the order of their first runs."""
    found = dict.fromkeys(map(identity, runs))
    return {one: letter(number) for number, one in enumerate(found)}


def letter(number: int) -> str:
    """0 is A, 25 Z, 26 AA, as the columns of a spreadsheet are named."""
    rest, last = divmod(number, len(ascii_uppercase))
    return (letter(rest - 1) if rest else "") + ascii_uppercase[last]


def letters_of(runs: Iterable[RunRecord], known: dict[Identity, str]) -> str:
    """The letters of the machines of some runs: A, B."""
    used = set(map(identity, runs))
    return ", ".join(name for one, name in known.items() if one in used)


def timing_machine(runs: Iterable[RunRecord]) -> Identity | None:
    """The machine of the most timed runs; None if none is timed.

    Times of two machines differ for reasons that no row has, so that tables
    show those of one.
    """
    timed = [r for r in runs if r.timing == "timed" and r.status == "ok"]
    counts = Counter(map(identity, timed))
    return max(counts, key=counts.__getitem__, default=None)


def machine_text(one: Identity) -> str:
    host, processor, cores = one
    named = f"{processor or 'unknown processor'}, {cores} cores"
    return f"{named}, host {host}" if host else named
