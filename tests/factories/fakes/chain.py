"""A model of the next token by the last two, for tests of decoding."""

from functools import cache

import numpy as np

from shared.decoding.beam_search import decode
from shared.decoding.options import START, Step

VOCAB_SIZE, LONGEST = 5, 4


@cache
def chain(seed):
    """Log-probabilities of the next token, by the last two: (V, V, V)."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0.0, 2.0, (VOCAB_SIZE, VOCAB_SIZE, VOCAB_SIZE))
    logits[:, :, START] = -50.0
    return logits - np.log(np.exp(logits).sum(axis=2, keepdims=True))


class Chain:
    """A model whose state is its last token; source x picks the table."""

    def __init__(self):
        self.batch_sizes = []

    def begin(self, x, lengths):
        return x[:, 0], np.zeros(len(x), int)

    def advance(self, state, rows, tokens, count):
        tables, last = (part[rows] for part in state)
        self.batch_sizes.append(len(rows))
        logs = np.stack(
            [
                chain(table)[before, token]
                for table, before, token in zip(tables, last, tokens)
            ]
        )
        order = np.argsort(-logs, axis=1, kind="stable")[:, :count]
        found = np.take_along_axis(logs, order, axis=1)
        return Step(found, order, (tables, tokens))

    def decode(self, tables, search):
        """A target for each table of a list, or of the first so many."""
        if isinstance(tables, int):
            tables = range(tables)
        x = np.array([*tables])[:, None]
        lengths = np.ones(len(x), int)
        steps = self.begin, self.advance
        found = decode(*steps, x, lengths, search, VOCAB_SIZE)
        return [[int(s) for s in row if s >= 0] for row in found]
