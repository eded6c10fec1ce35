"""A comparison of four rows, as the writers of tables take it."""

from __future__ import annotations

from factories import records as made

BEST, LIKE, WORSE = (0.1, 0.11, 0.12), (0.112, 0.1, 0.121), (0.2, 0.212, 0.22)


def cell_runs(cell, values):
    return [made.run("jax", cell, seed, v) for seed, v in enumerate(values)]


def four_rows():
    """A best row, one like it, a worse one and a failed one."""
    return made.summarized(
        [
            *cell_runs("rnn", WORSE),
            *cell_runs("gru", LIKE),
            *cell_runs("lstm", BEST),
            *(made.baselines(seed) for seed in range(3)),
            made.broken("failed", "keras_x", "rnn-relu"),
        ]
    )
