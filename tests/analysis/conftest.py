"""Records that several files compare."""

import pytest
from factories import records as made
from factories.comparisons import BAD, BEST, LIKE, runs


@pytest.fixture
def ranked():
    """LSTM and GRU tie, the RNN is worse and its steps are fast."""
    return made.summarized(
        [
            *runs("rnn", BAD, ms=10.0),
            *runs("gru", LIKE, ms=20.0),
            *runs("lstm", BEST, ms=20.0),
            *(made.baselines(seed) for seed in range(3)),
            made.equivalence("pytorch", "rnn", forward=3e-7, trajectory=4e-5),
            made.equivalence("pytorch", "gru", forward=6e-7, trajectory=2e-5),
        ]
    )
