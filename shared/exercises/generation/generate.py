"""Exercise 6.6: generate greedily."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def generate(
    prompt: Array,
    table: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    steps: int,
) -> Array:
    h = np.zeros((len(prompt), len(w_hh)))
    for t in range(prompt.shape[1]):
        h = np.tanh(table[prompt[:, t]] @ w_ih + h @ w_hh + b)
    generated = []
    for _ in range(steps):
        tokens = (h @ w_out).argmax(axis=1)
        generated.append(tokens)
        h = np.tanh(table[tokens] @ w_ih + h @ w_hh + b)
    return np.stack(generated, axis=1)


def draw_generate(rng: Generator) -> tuple:
    table, layer = normal(rng, 9, 4), layer_weights(rng, 4, 6)
    return rng.integers(0, 9, (4, 3)), table, *layer, normal(rng, 6, 9), 6


GENERATE = Exercise(
    number="6.6",
    level=2,
    title="Generate greedily",
    statement="""\
Continue a batch of prompts with a language model, always with the most probable
token. Read the prompt with a vanilla RNN from a state of zeros,
h' = tanh(table[token] W + h U + b); then, `steps` times, take the token with
the largest logit h w_out and read it.""",
    arguments={
        "prompt": "(B, P) indices",
        "table": "(V, E) embedding of each token",
        "w_ih": "(E, H) weights of the embedding",
        "w_hh": "(H, H) weights of the state",
        "b": "(H) bias",
        "w_out": "(H, V) weights of the head",
        "steps": "number of tokens to generate S, an int",
    },
    returns={"tokens": "(B, S) indices of the generated tokens"},
    reference=generate,
    draw=draw_generate,
    mistakes=(
        Mistake(
            "state of the prompt lost: only its last token is read",
            "generated = []",
            "generated, h = [], np.tanh(table[prompt[:, -1]] @ w_ih + b)",
        ),
        Mistake(
            "token not fed back: the last token of the prompt is read again",
            "table[tokens]",
            "table[prompt[:, -1]]",
        ),
        Mistake(
            "last token of the prompt read twice",
            "generated = []",
            "generated, h = [], "
            "np.tanh(table[prompt[:, -1]] @ w_ih + h @ w_hh + b)",
        ),
        Mistake(
            "least probable token: argmin in place of argmax",
            "argmax",
            "argmin",
        ),
        Mistake(
            "state not passed on: each token is read from a state of zeros",
            "np.tanh(table[tokens] @ w_ih + h @ w_hh + b)",
            "np.tanh(table[tokens] @ w_ih + b)",
        ),
    ),
    hints=(
        "The first generated token follows from the state after the prompt.",
        "In each turn: argmax of h @ w_out, append it, then update h with it.",
    ),
)
