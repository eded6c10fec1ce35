"""Chapter 5: text, padding and masks."""

from shared.exercises.text.bidirectional import BIDIRECTIONAL
from shared.exercises.text.masked_rnn import MASKED_RNN
from shared.exercises.text.pad import PAD
from shared.exercises.text.reverse_padded import REVERSE
from shared.exercises.text.tagging_loss import TAGGING_LOSS
from shared.exercises.text.valid_mask import MASK

EXERCISES = (
    PAD,
    MASK,
    MASKED_RNN,
    REVERSE,
    BIDIRECTIONAL,
    TAGGING_LOSS,
)
