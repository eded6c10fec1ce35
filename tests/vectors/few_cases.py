"""A few groups of conformance vectors, small enough to compute in a test."""

from __future__ import annotations

from comparisons.vectors.plan import Group, groups


def few(steps: int = 5, directions: str = "bidirectional") -> list[Group]:
    """One group of each kind, in one layer."""
    return [
        group
        for group in groups()
        if group.steps == steps
        and group.directions in ("", directions)
        and group.layers == 1
    ]
