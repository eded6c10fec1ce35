"""Exercise 6.3: temperature."""

from shared.exercises.draws import Generator, normal, softmax
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def temperature_probs(logits: Array, temperature: float) -> Array:
    return softmax(logits / temperature)


def draw_temperature(rng: Generator) -> tuple:
    return normal(rng, 3, 5), float(rng.choice([0.5, 0.7, 1.6]))


TEMPERATURE = Exercise(
    number="6.3",
    level=1,
    title="Temperature",
    statement="""\
Compute the probabilities of the next token at a temperature: the softmax of the
logits divided by it. Below 1 the distribution is sharper, above 1 flatter.""",
    arguments={
        "logits": "(B, V) logits of the next token",
        "temperature": "a float above 0",
    },
    returns={"probs": "(B, V) probabilities"},
    reference=temperature_probs,
    draw=draw_temperature,
    mistakes=(
        Mistake(
            "temperature after softmax: the logits are divided, not the "
            "probabilities",
            "softmax(logits / temperature)",
            "softmax(logits) / temperature",
        ),
        Mistake(
            "temperature without effect: probabilities divided and normalized "
            "again are the same",
            " / temperature",
            "",
        ),
        Mistake(
            "multiplied by the temperature: divide by it",
            "logits / temperature",
            "logits * temperature",
        ),
        Mistake(
            "softmax over the wrong axis: over the batch",
            "softmax(logits / temperature)",
            "softmax(logits.T / temperature).T",
        ),
    ),
    hints=(
        "The order matters: first the division, then the softmax.",
        "softmax(logits / temperature) over the last axis.",
    ),
)
