"""Exercise 7.3: additive attention."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def bahdanau_scores(
    query: Array, memory: Array, w_query: Array, w_memory: Array, v: Array
) -> Array:
    queries = (query @ w_query)[:, None]
    return np.tanh(queries + memory @ w_memory) @ v


def draw_bahdanau(rng: Generator) -> tuple:
    states = normal(rng, 3, 4), normal(rng, 3, 5, 4)
    return *states, normal(rng, 4, 6), normal(rng, 4, 6), normal(rng, 6)


BAHDANAU = Exercise(
    number="7.3",
    level=2,
    title="Additive attention",
    statement="""\
Compute the scores of additive attention (Bahdanau, Cho and Bengio 2015):

    score_t = v · tanh(query w_query + memory_t w_memory)""",
    arguments={
        "query": "(B, H) state of the decoder",
        "memory": "(B, T, H) states of the encoder",
        "w_query": "(H, A) weights of the query",
        "w_memory": "(H, A) weights of the memory",
        "v": "(A) weights of the score",
    },
    returns={"scores": "(B, T) scores, before the softmax"},
    reference=bahdanau_scores,
    draw=draw_bahdanau,
    mistakes=(
        Mistake(
            "no tanh: the score is linear in the query",
            "np.tanh(queries + memory @ w_memory)",
            "(queries + memory @ w_memory)",
        ),
        Mistake(
            "tanh of each term: it is that of their sum",
            "np.tanh(queries + memory @ w_memory)",
            "(np.tanh(queries) + np.tanh(memory @ w_memory))",
        ),
        Mistake(
            "weights exchanged: w_query multiplies the memory",
            "query @ w_query)",
            "query @ w_memory)",
            (("memory @ w_memory)", "memory @ w_query)"),),
        ),
        Mistake(
            "softmax applied: the scores are wanted",
            "np.tanh(queries + memory @ w_memory) @ v",
            "softmax(np.tanh(queries + memory @ w_memory) @ v)",
        ),
    ),
    hints=(
        "The query has no time axis: add one before the sum.",
        "(B, 1, A) + (B, T, A) broadcasts; the product with v removes A.",
    ),
)
