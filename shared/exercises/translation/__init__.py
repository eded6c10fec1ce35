"""Chapter 7: sequence to sequence."""

from shared.exercises.translation.attend import ATTEND
from shared.exercises.translation.bahdanau_scores import BAHDANAU
from shared.exercises.translation.beam_search import BEAM
from shared.exercises.translation.bleu import BLEU
from shared.exercises.translation.decoder_inputs import DECODER_INPUTS

EXERCISES = (
    DECODER_INPUTS,
    ATTEND,
    BAHDANAU,
    BLEU,
    BEAM,
)
