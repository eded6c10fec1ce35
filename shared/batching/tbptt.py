"""A corpus in parallel streams, whose state is passed from window to window."""

from collections.abc import Callable
from typing import Any

import numpy as np

from shared.batching.indices import as_indices
from shared.errors import SpecError

STREAMS = 16
"""Streams in which a text is scored; each begins without a state."""

State = Any
"""A model's state, opaque outside its package."""

Forward = Callable[[np.ndarray, np.ndarray, State], tuple[np.ndarray, State]]
"""x and y (B, T), state -> negative log-likelihoods (B, T), state."""


def stream_indices(windows: int, streams: int) -> np.ndarray:
    """Windows (N,) in their order as B parallel streams: (S, B) int64.

    Column b holds S consecutive windows; an incomplete last step is dropped.
    """
    steps = windows // streams
    if steps == 0:
        raise SpecError(
            f"batch_size {streams} is more than the {windows} windows of the "
            "training split"
        )
    return np.arange(steps)[:, None] + steps * np.arange(streams)


def score_streams(
    forward: Forward,
    initial_state: Callable[[int], State],
    x: np.ndarray,
    y: np.ndarray,
) -> np.ndarray:
    """The negative log-likelihood of each y, in nats: (N, T).

    x, y: (N, T) windows in their order; initial_state: of B streams. Streams
    are of one length, for which the last one is filled up.
    """
    count = len(x)
    streams = min(STREAMS, count)
    steps = -(-count // streams)
    order = np.arange(steps)[:, None] + steps * np.arange(streams)
    found = np.empty(x.shape)
    state = initial_state(streams)
    for rows in order:
        # Past the end the last window is repeated, and its scores dropped.
        windows = np.minimum(rows, count - 1)
        batch = as_indices(x[windows]), as_indices(y[windows])
        losses, state = forward(*batch, state)
        found[rows[rows < count]] = losses[rows < count]
    return found
