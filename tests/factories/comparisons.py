"""Records of comparisons, each with something of its own to state."""

from factories import records as made

BEST, LIKE, BAD = (0.1, 0.11, 0.12), (0.112, 0.1, 0.121), (0.2, 0.212, 0.22)


def runs(cell, values, framework="pytorch", ms=20.0, **fields):
    return [
        made.run(framework, cell, seed, value, ms, **fields)
        for seed, value in enumerate(values)
    ]


BASELINES = [made.baselines(seed) for seed in range(3)]
RANKED = [
    *runs("rnn", BAD, ms=10.0),
    *runs("gru", LIKE),
    *runs("lstm", BEST),
    *runs("gru", LIKE, "jax", ms=4.0),
    *BASELINES,
]

ONE_SEED = [
    made.run(framework, cell, 0, value)
    for framework in ("pytorch", "jax")
    for cell, value in (("rnn", 0.9), ("gru", 0.1))
]

FOUR = {"rnn": 0.9, "rnn-relu": 0.2, "gru": 0.1, "lstm": 0.8}
DISTINCT = [
    run | {"spec": {"init": "native"}}
    for run in (*runs("gru", BEST), *runs("gru", BAD, "jax", ms=20.0))
]

PROVED = [
    *runs("lstm", BEST),
    *BASELINES,
    made.equivalence("pytorch", "lstm", forward=6e-7, trajectory=4e-5),
]

FAILED = [
    made.run(seed=4, checks={"loss fell": False, "fine": True}),
    made.run(seed=5, checks={"odd": False}),
    made.broken("timeout", "jax", "gru"),
    made.equivalence("pytorch", "gru", forward=2e-3, trajectory=3e-3),
    made.equivalence("pytorch", "lstm", unknown=4e-3),
    made.equivalence("jax", "gru", forward=1e-7)
    | {"status": "failed", "error": "it failed"},
]
