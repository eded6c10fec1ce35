"""Chapter 1: sequences and the hidden state."""

from shared.exercises.sequences.forecast import FORECAST
from shared.exercises.sequences.rnn_step import RNN_STEP
from shared.exercises.sequences.unroll import UNROLL
from shared.exercises.sequences.windows import WINDOWS

EXERCISES = (
    RNN_STEP,
    UNROLL,
    WINDOWS,
    FORECAST,
)
