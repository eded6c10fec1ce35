"""Chapter 9: training well."""

from shared.exercises.training.adam_step import ADAM
from shared.exercises.training.dropout import DROPOUT
from shared.exercises.training.early_stopping import EARLY_STOPPING
from shared.exercises.training.train import TRAIN
from shared.exercises.training.train_step import TRAIN_STEP

EXERCISES = (
    DROPOUT,
    EARLY_STOPPING,
    ADAM,
    TRAIN_STEP,
    TRAIN,
)
