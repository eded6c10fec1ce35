"""Minimal hand-written loops that our training steps are timed against."""

from collections.abc import Callable, Iterable

from shared.specs import Split

Batches = Callable[[int], Iterable[Split]]
"""Epoch -> its batches."""
