"""The outputs of an answer against the reference, and the mistake they show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from shared.exercises.exercise import Exercise, Mistake, letters

TOLERANCE = 1e-4
"""Largest deviation of an equal output, relative where it is above 1.

Answers compute in float32, whose rounding grows to some 1e-6 in these few
steps; the mistakes change outputs by 1e-2 and more.
"""

Outputs = list[Any]
"""Each output of a case: an array, or a list of numbers."""


@dataclass(frozen=True)
class Verdict:
    """What became of an answer.

    status: "right"; "wrong": it ran, but differs; "failed": it gave no output;
    text: why, in one line; mistakes: the texts of those it shows; deviation:
    the largest one from the reference, NaN where there is none.
    """

    status: str
    text: str
    mistakes: tuple[str, ...] = ()
    deviation: float = float("nan")


def failed(text: str, *mistakes: str) -> Verdict:
    return Verdict("failed", text, mistakes)


def split_outputs(exercise: Exercise, value: Any) -> Outputs:
    """The outputs in a returned value, one for each name; ValueError."""
    count = len(exercise.returns)
    if count == 1:
        return [value]
    if not isinstance(value, tuple | list) or len(value) != count:
        names = ", ".join(exercise.returns)
        one = isinstance(value, tuple | list)
        found = f"{len(value)} values" if one else "one value"
        raise ValueError(f"returns {found}, not {count}: {names}")
    return list(value)


def outputs_of(
    exercise: Exercise, function: Callable[..., Any]
) -> list[Outputs]:
    """The outputs of a function in numpy for each case."""
    with np.errstate(all="ignore"):
        return [
            [normal_form(one) for one in split_outputs(exercise, function(*a))]
            for a in exercise.drawn
        ]


def normal_form(value: Any) -> Any:
    """A list of numbers as it is, all else as an array of float64."""
    if isinstance(value, list) and not any(np.ndim(one) for one in value):
        return [float(one) for one in value]
    return np.asarray(value, np.float64)


def deviation(found: Any, wanted: Any) -> float:
    """The largest deviation; infinite where shapes, lists or NaN differ."""
    if isinstance(found, list) or isinstance(wanted, list):
        same = isinstance(found, list) and isinstance(wanted, list)
        return 0.0 if same and found == wanted else np.inf
    if found.shape != wanted.shape:
        return np.inf
    if not found.size:
        return 0.0
    scale = np.maximum(1.0, np.abs(wanted))
    with np.errstate(invalid="ignore"):
        difference = np.abs(found - wanted) / scale
    difference = np.where(found == wanted, 0.0, difference)  # also infinite
    difference = np.where(np.isnan(found) & np.isnan(wanted), 0.0, difference)
    return float(np.nan_to_num(difference, nan=np.inf).max())


def largest(found: list[Outputs], wanted: list[Outputs]) -> float:
    """The largest deviation of all outputs in all cases."""
    return max(
        deviation(a, b)
        for ours, theirs in zip(found, wanted, strict=True)
        for a, b in zip(ours, theirs, strict=True)
    )


def grade(exercise: Exercise, found: list[Outputs]) -> Verdict:
    """The verdict on the outputs of all cases."""
    wanted = outputs_of(exercise, exercise.reference)
    gap = largest(found, wanted)
    if gap <= TOLERANCE:
        text = f"largest deviation {gap:.1e} in {len(found)} cases"
        return Verdict("right", text, (), gap)
    shown = tuple(mistake.text for mistake in shown_mistakes(exercise, found))
    return Verdict(
        "wrong",
        "; and ".join(shown) or difference(exercise, found, wanted),
        shown,
        gap,
    )


def shown_mistakes(
    exercise: Exercise, found: list[Outputs]
) -> tuple[Mistake, ...]:
    """The mistake whose outputs these are, or the first two that together do.

    Empty where neither explains them.
    """
    for count in (1, 2):
        for some in combinations(exercise.mistakes, count):
            changes = [c for m in some for c in ((m.right, m.wrong), *m.more)]
            first, *more = changes
            both = Mistake("both", *first, tuple(more))
            try:
                outputs = outputs_of(exercise, exercise.mistaken(both))
                if largest(found, outputs) <= TOLERANCE:
                    return some
            except Exception:  # noqa: BLE001 - it cannot be planted
                continue
    return ()


def difference(
    exercise: Exercise, found: list[Outputs], wanted: list[Outputs]
) -> str:
    """What differs first, where no mistake of the table explains it."""
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
