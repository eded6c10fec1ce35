"""The verdict on the outputs of an answer, and the mistake that they show."""

from dataclasses import dataclass
from itertools import combinations

from shared.exercises.differences import difference
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.outputs import TOLERANCE, Outputs, largest, outputs_of


@dataclass(frozen=True)
class Verdict:
    """What became of an answer.

    status: "right"; "wrong": it ran, but differs; "failed": it gave no output;
    text: why, in one line; mistakes: the texts of those it shows; deviation:
    the largest one from the reference, NaN where there is none; printed: the
    end of what the answer printed.
    """

    status: str
    text: str
    mistakes: tuple[str, ...] = ()
    deviation: float = float("nan")
    printed: str = ""


def failed(text: str, *mistakes: str) -> Verdict:
    return Verdict("failed", text, mistakes)


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
