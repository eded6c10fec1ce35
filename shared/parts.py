"""The three parts of a task's data."""

from __future__ import annotations

from typing import NamedTuple

from shared.specs import Split


class Parts(NamedTuple):
    """Learned from, watched while learning, scored: as in `Dataset`."""

    train: Split
    validation: Split
    test: Split
