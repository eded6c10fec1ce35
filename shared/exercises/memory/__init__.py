"""Chapter 3: memory, gate by gate."""

from shared.exercises.memory.echo_targets import ECHO
from shared.exercises.memory.gru_step import GRU_STEP
from shared.exercises.memory.initial_bias import FORGET_BIAS
from shared.exercises.memory.lstm_layer import LSTM_LAYER
from shared.exercises.memory.lstm_step import LSTM_STEP

EXERCISES = (
    LSTM_STEP,
    GRU_STEP,
    FORGET_BIAS,
    ECHO,
    LSTM_LAYER,
)
