"""A few groups of conformance vectors, small enough to compute in a test."""

from __future__ import annotations

from comparisons.vectors.index import Vectors
from comparisons.vectors.plan import Group, groups

TRAINED = ("gru-reset-before", "attention-bahdanau")
SHAPES = (
    (5, "bidirectional", 1, ()),
    (4, "bidirectional", 1, TRAINED),
    (5, "forward", 1, ("lstm-forget-bias",)),
    (5, "reverse", 2, ("lstm-forget-bias",)),
)
"""Steps, directions, layers, and the kinds that have such cases, () for all;
those of 4 steps are trained."""


def few() -> list[Group]:
    """One group of each kind, and of some another."""
    found = []
    for steps, directions, layers, kinds in SHAPES:
        found += [
            group
            for group in groups()
            if (group.steps, group.layers) == (steps, layers)
            and (group.directions or "bidirectional") == directions
            and (group.kind in kinds or not kinds)
        ]
    return found


def one_of(kind: str) -> Group:
    """The first group of a kind: both directions of a recurrent one."""
    return next(group for group in few() if group.kind == kind)


def untrained(vectors: Vectors, kind: str, place: int = 0) -> list[str]:
    """The cases of the first group of a kind, or of another one."""
    found = [
        [case["id"] for case in group["cases"]]
        for group in vectors.index["groups"]
        if group["kind"] == kind
        and not any(case["trained"] for case in group["cases"])
    ]
    return found[place]
