"""Exercise 6.1: inputs and targets of a language model."""

from shared.exercises.draws import Generator
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def next_token_pairs(tokens: Array) -> tuple[Array, Array]:
    return tokens[:, :-1], tokens[:, 1:]


def draw_pairs(rng: Generator) -> tuple:
    return (rng.integers(0, 9, (3, 8)),)


PAIRS = Exercise(
    number="6.1",
    level=1,
    title="Inputs and targets of a language model",
    statement="""\
A language model predicts each token from those before it. Make inputs and
targets from a window of T + 1 tokens: the target of a step is the token after
its input.""",
    arguments={"tokens": "(B, T + 1) indices"},
    returns={"x": "(B, T) inputs", "y": "(B, T) targets"},
    reference=next_token_pairs,
    draw=draw_pairs,
    mistakes=(
        Mistake(
            "targets not shifted: the model would only copy its input",
            "tokens[:, 1:]",
            "tokens[:, :-1]",
        ),
        Mistake(
            "inputs and targets exchanged: the targets come later",
            "tokens[:, :-1], tokens[:, 1:]",
            "tokens[:, 1:], tokens[:, :-1]",
        ),
        Mistake(
            "wrapped around: the last target is the first token",
            "tokens[:, :-1], tokens[:, 1:]",
            "tokens, np.roll(tokens, -1, axis=1)",
        ),
    ),
    hints=(
        "Both are slices of the same array.",
        "All tokens but the last, and all but the first.",
    ),
)
