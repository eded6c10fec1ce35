"""What a case reads: drawn from a hash, so that every machine has the same."""

import hashlib

import numpy as np

from comparisons.vectors.kinds import KINDS, Shape
from comparisons.vectors.plan import CLASSES, Group, PlannedCase
from shared.specs import Array
from shared.specs.ctc import frames_needed

UNIT = 64
"""Drawn values are whole multiples of 1/64, from -1 to 1.

They have at most 7 significant bits, so that bfloat16 holds them exactly.
"""


def integers(key: str, count: int, choices: int) -> Array:
    """Whole numbers from 0 to choices - 1, of SHAKE-256 of the key."""
    stream = hashlib.shake_256(key.encode()).digest(2 * count)
    return np.frombuffer(stream, "<u2").astype(np.int64) % choices


def values(key: str, shape: Shape) -> Array:
    """Multiples of 1/64 from -1 to 1."""
    count = int(np.prod(shape))
    return (integers(key, count, 2 * UNIT + 1) - UNIT).reshape(shape) / UNIT


def array(group: Group, case: PlannedCase, name: str, shape: Shape) -> Array:
    """A drawn array of a case by its name."""
    found = values(f"{case.id}/{name}", shape)
    if name.startswith("initial.") and case.initial_state != "drawn":
        return np.zeros(shape)
    if "gain" in name:
        return 1.0 + found / 2
    if name.endswith("w_hh"):
        return found * KINDS[group.kind].recurrent_scale
    return found


def lengths(group: Group, case: PlannedCase) -> Array:
    """Steps of each sequence (B,): one has all of them, the next one half."""
    full = np.full(group.batch, group.steps)
    if not case.ragged:
        return full
    found = 1 + integers(f"{case.id}/lengths", group.batch, group.steps)
    longest = integers(f"{case.id}/longest", 1, group.batch)[0]
    found[longest] = group.steps
    found[(longest + 1) % group.batch] = (group.steps + 1) // 2
    return found


def labels(group: Group, case: PlannedCase, ends: Array) -> Array:
    """Labels (B, U) of CTC, from 1 up, -1 past the last; U is at least 1.

    The second one repeats the first where the frames suffice.
    """
    most = max(1, group.steps // 2)
    found = np.full((group.batch, most), -1)
    for row, end in enumerate(ends):
        key = f"{case.id}/labels/{row}"
        count = integers(f"{key}/count", 1, most + 1)[0]
        own = 1 + integers(key, most, CLASSES - 1)[:count]
        own[1:2] = own[:1]
        while frames_needed(own) > end:
            own = own[:-1]
        found[row, : len(own)] = own
    return found
