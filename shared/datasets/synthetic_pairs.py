"""Numbers to be written in reverse, or as they are: pairs without a file."""

from __future__ import annotations

import numpy as np

from shared.datasets.tatoeba import Pair, Pairs

COUNT = 30_000
"""Sequences that are drawn; some are the same."""

DIGITS = 10
LONGEST = 10
"""Numbers of a sequence, from 1 on."""


def read_reversed() -> Pairs:
    """Sequences of digits, and the same in reverse."""
    return Pairs(_pairs(-1), {}, ("sequences of digits and their reverse",))


def read_copied() -> Pairs:
    """Sequences of digits, twice."""
    return Pairs(_pairs(1), {}, ("sequences of digits and their copy",))


def _pairs(step: int) -> list[Pair]:
    """Each sequence and what is to be written, taken by this step."""
    rng = np.random.default_rng([0, 5])
    lengths = rng.integers(1, LONGEST + 1, COUNT)
    drawn = [rng.integers(0, DIGITS, n).astype(str) for n in lengths]
    return [(" ".join(one), " ".join(one[::step])) for one in drawn]
