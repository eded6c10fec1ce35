"""The exercises of the course: a statement, a numpy reference, mistakes."""

from shared.errors import SpecError, unknown
from shared.exercises import (
    backpropagation,
    choosing,
    generation,
    memory,
    names,
    sequences,
    series,
    text,
    training,
    translation,
)
from shared.exercises.exercise import Exercise

CHAPTERS = {
    1: ("Sequences and the hidden state", sequences),
    2: ("Backpropagation through time", backpropagation),
    3: ("Memory", memory),
    4: ("Names", names),
    5: ("Text", text),
    6: ("Generation", generation),
    7: ("Sequence to sequence", translation),
    8: ("Series and signals", series),
    9: ("Training well", training),
    10: ("Choosing", choosing),
}
"""Chapter -> its title and the module of its exercises."""

MILESTONES = {
    "An RNN, a GRU and an LSTM from scratch": ("1.1", "1.2", "3.1", "3.2"),
    "Gradients through time": ("2.1", "2.3", "2.4"),
    "A classifier of names": ("4.1", "4.2", "4.3", "4.4"),
    "Text in batches": ("5.1", "5.2", "5.3", "5.4", "5.5", "5.6"),
    "A language model that writes": ("6.1", "6.2", "6.3", "6.6", "6.7"),
    "A translator": ("7.1", "7.2", "7.4", "7.5"),
    "An honest forecast": ("1.3", "8.1", "8.2", "8.5"),
    "A training loop": ("9.1", "9.2", "9.4", "9.5"),
    "An honest comparison": ("10.1", "10.2", "10.3", "10.4"),
}
"""Milestone -> the exercises that reach it."""


def exercises() -> tuple[Exercise, ...]:
    """All exercises, by chapter and number."""
    modules = [module for _, module in CHAPTERS.values()]
    return tuple(one for module in modules for one in module.EXERCISES)


def get_exercise(number: str) -> Exercise:
    """The exercise of this number; an unknown one raises SpecError."""
    found = {exercise.number: exercise for exercise in exercises()}
    if number not in found:
        chapter = number.partition(".")[0]
        same = [one for one in found if one.partition(".")[0] == chapter]
        raise SpecError(unknown("exercise", number, same or found))
    return found[number]
