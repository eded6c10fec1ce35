"""Numbers to be written in reverse, or as they are: pairs without a file."""

import numpy as np

from shared.datasets.tatoeba import Pairs

COUNT = 30_000
"""Sequences that are drawn; some are the same."""

DIGITS = 10
LONGEST = 10
"""Numbers of a sequence, from 1 on."""


def read_digits(step: int, what: str) -> Pairs:
    """Sequences of digits, and the same taken by this step: -1 or 1."""
    rng = np.random.default_rng([0, 5])
    lengths = rng.integers(1, LONGEST + 1, COUNT)
    drawn = [rng.integers(0, DIGITS, n).astype(str) for n in lengths]
    pairs = [(" ".join(one), " ".join(one[::step])) for one in drawn]
    return Pairs(pairs, {}, (f"sequences of digits and their {what}",))


def read_reversed() -> Pairs:
    return read_digits(-1, "reverse")


def read_copied() -> Pairs:
    return read_digits(1, "copy")
