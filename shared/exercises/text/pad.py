"""Exercise 5.1: pad a batch."""

import numpy as np

from shared.exercises.draws import Generator
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def pad(sequences: list[list[int]], value: int) -> tuple[Array, Array]:
    lengths = np.array([len(s) for s in sequences])
    tokens = np.full((len(sequences), lengths.max()), value)
    for row, sequence in enumerate(sequences):
        tokens[row, : len(sequence)] = sequence
    return tokens, lengths


def draw_pad(rng: Generator) -> tuple:
    sizes = 4, *(int(n) for n in rng.integers(1, 7, 3)), 7
    return [[int(k) for k in rng.integers(1, 9, n)] for n in sizes], 0


PAD = Exercise(
    number="5.1",
    level=1,
    title="Pad a batch",
    statement="""\
Make one array of sequences of different lengths: each row is a sequence, filled
up at its end with `value` to the length T of the longest one.""",
    arguments={
        "sequences": "a list of B lists of token indices",
        "value": "index of the padding, an int",
    },
    returns={
        "tokens": "(B, T) padded tokens, integers",
        "lengths": "(B) length of each sequence, integers",
    },
    reference=pad,
    draw=draw_pad,
    mistakes=(
        Mistake(
            "padded in front: padding belongs at the end of a row",
            "tokens[row, : len(sequence)] = sequence",
            "tokens[row, len(tokens[0]) - len(sequence) :] = sequence",
        ),
        Mistake(
            "lengths of the padded rows: all are T",
            "return tokens, lengths",
            "return tokens, np.full_like(lengths, len(tokens[0]))",
        ),
        Mistake(
            "cut to the shortest: no token may be lost",
            "return tokens, lengths",
            "return tokens[:, : lengths.min()], lengths",
        ),
        Mistake(
            "padded with the last token: `value` marks the padding",
            "tokens[row, : len(sequence)] = sequence",
            "tokens[row] = sequence[-1]\n"
            "        tokens[row, : len(sequence)] = sequence",
        ),
    ),
    hints=(
        "Compute the lengths first; the largest is T.",
        "Append (T - length) times `value` to each list, then convert all at "
        "once.",
    ),
)
