"""Chapter 4: names, a class from the last state."""

from shared.exercises.names.class_loss import CLASS_LOSS
from shared.exercises.names.classify import CLASSIFY
from shared.exercises.names.last_state import LAST_STATE
from shared.exercises.names.one_hot import ONE_HOT

EXERCISES = (
    ONE_HOT,
    LAST_STATE,
    CLASS_LOSS,
    CLASSIFY,
)
