"""What differs between outputs, where no mistake of the table explains it."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from shared.exercises.exercise import Exercise, letters
from shared.exercises.outputs import TOLERANCE, Outputs, deviation


def difference(
    exercise: Exercise, found: list[Outputs], wanted: list[Outputs]
) -> str:
    """The first output that differs, and how."""
    for number, (ours, theirs) in enumerate(zip(found, wanted, strict=True), 1):
        outputs = zip(exercise.returns, ours, theirs, strict=True)
        for name, a, b in outputs:
            if deviation(a, b) > TOLERANCE:
                axes = letters(exercise.returns[name])
                text = next(reasons(name, a, b, axes))
                return f"{text} (case {number})"
    raise ValueError("the outputs do not differ")


def reasons(name: str, found: Any, wanted: Any, axes: list[str]) -> Iterator:
    """Reasons why an output differs, the most specific first."""
    if isinstance(found, list) or isinstance(wanted, list):
        yield f"{name} is {short(found)}, not {short(wanted)}"
        return
    if found.shape != wanted.shape:
        yield shape_text(name, found.shape, wanted.shape, axes)
        return
    if not np.isfinite(found).all():
        kind = "NaN" if np.isnan(found).any() else "an infinite value"
        yield f"{name} has {kind} at {place(~np.isfinite(found))}"
    for i, j in combinations(range(found.ndim), 2):
        exchanged = np.swapaxes(found, i, j)
        if deviation(exchanged, wanted) <= TOLERANCE:
            yield f"{name}: axes {axes[i]} and {axes[j]} are exchanged"
    off = np.abs(found - wanted) / np.maximum(1.0, np.abs(wanted))
    worst = np.unravel_index(np.argmax(off), off.shape)
    where = f" at {tuple(map(int, worst))}" if found.ndim else ""
    yield f"{name} is {found[worst]:.5g}, not {wanted[worst]:.5g},{where}"


def shape_text(name: str, found: tuple, wanted: tuple, axes: list[str]) -> str:
    """Which axis of a shape is wrong."""
    meant = f"{wanted} = ({', '.join(axes)})" if axes else f"{wanted}"
    text = f"{name} has the shape {found}, not {meant}"
    if len(found) != len(wanted):
        return f"{text}: {len(found)} axes in place of {len(wanted)}"
    for i, j in combinations(range(len(found)), 2):
        exchanged = list(found)
        exchanged[i], exchanged[j] = found[j], found[i]
        if tuple(exchanged) == wanted:
            return f"{text}: axes {axes[i]} and {axes[j]} are exchanged"
    wrong = [a for a, b, c in zip(axes, found, wanted) if b != c]
    return f"{text}: axis {', '.join(wrong)} differs"


def place(where: np.ndarray) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(where)[0])


def short(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(f'{one:g}' for one in value)}]"
    return f"an array of the shape {value.shape}"
