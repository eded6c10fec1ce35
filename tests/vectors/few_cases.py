"""A few groups of conformance vectors, small enough to compute in a test."""

from __future__ import annotations

from comparisons.vectors.index import Vectors
from comparisons.vectors.plan import Group, groups

STEPS = {
    (5, "bidirectional"): (),
    (4, "bidirectional"): ("gru-reset-before", "attention-bahdanau"),
    (5, "forward"): ("lstm-forget-bias",),
}
"""Steps and directions -> kinds that have such cases, () for all; those of 4
steps are trained."""


def few() -> list[Group]:
    """One group of each kind, in one layer, and of some kinds another."""
    found = []
    for (steps, directions), kinds in STEPS.items():
        found += [
            group
            for group in groups()
            if group.steps == steps
            and group.layers == 1
            and (group.directions or "bidirectional") == directions
            and (group.kind in kinds or not kinds)
        ]
    return found


def one_of(kind: str, steps: int = 5) -> Group:
    """The group of a kind, both directions of a recurrent one."""
    return next(g for g in few() if (g.kind, g.steps) == (kind, steps))


def untrained(vectors: Vectors, kind: str) -> list[str]:
    """The cases of the first group of a kind."""
    group = next(g for g in vectors.index["groups"] if g["kind"] == kind)
    return [case["id"] for case in group["cases"]]
