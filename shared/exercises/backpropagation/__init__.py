"""Chapter 2: backpropagation through time."""

from shared.exercises.backpropagation.clip_gradients import CLIP
from shared.exercises.backpropagation.input_gradient_norms import NORMS
from shared.exercises.backpropagation.rescale import RESCALE
from shared.exercises.backpropagation.rnn_step_backward import STEP_BACKWARD

EXERCISES = (
    STEP_BACKWARD,
    RESCALE,
    CLIP,
    NORMS,
)
