"""Chapter 6: language models and generation."""

from shared.exercises.generation.generate import GENERATE
from shared.exercises.generation.next_token_pairs import PAIRS
from shared.exercises.generation.nucleus_probs import NUCLEUS
from shared.exercises.generation.perplexity import PERPLEXITY
from shared.exercises.generation.tbptt import TBPTT
from shared.exercises.generation.temperature_probs import TEMPERATURE
from shared.exercises.generation.top_k_probs import TOP_K

EXERCISES = (
    PAIRS,
    PERPLEXITY,
    TEMPERATURE,
    TOP_K,
    NUCLEUS,
    GENERATE,
    TBPTT,
)
