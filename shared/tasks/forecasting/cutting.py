"""Windows of the rows of a split, and what follows them."""

import numpy as np

from shared.errors import DataError
from shared.specs import Split
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.rows import rows_needed


def windows(
    name: str, part: str, rows: np.ndarray, options: ForecastData
) -> Split:
    """Each window of rows (n, D), and the rows that follow it."""
    window, horizon = options.window, options.horizon
    of_own = bool(options.data)
    if len(rows) < window + horizon:
        raise DataError(
            f"{name}: the {part} part offers {len(rows):,} rows, but window "
            f"{window} and horizon {horizon} need {window + horizon}"
            + of_own
            * f"; {rows_needed(window, horizon):,} in the file suffice"
        )
    both = np.lib.stride_tricks.sliding_window_view(
        rows, window + horizon, axis=0
    ).swapaxes(1, 2)  # (N, T + horizon, D)
    base = both[:, window - 1 : window] if options.residual else np.zeros(1)
    x, y = (_differences(v, base) for v in (both[:, :window], both[:, window:]))
    return Split(x, y.reshape(len(y), -1), None)


def learned_targets(rows: np.ndarray, options: ForecastData) -> np.ndarray:
    """What follows each window of rows (n, D), or each step of it.

    (N, K), or a view (N, T, K); K is D if the strategy is recursive, else
    horizon · D. Windows are those of `windows`.
    """
    ahead = 1 if options.strategy == "recursive" else options.horizon
    after = np.lib.stride_tricks.sliding_window_view(
        rows[1:].astype(np.float32), ahead, axis=0
    ).swapaxes(1, 2)  # (n - ahead, ahead, D)
    after = after.reshape(len(after), -1)
    count = len(rows) - options.window - options.horizon + 1
    if options.targets == "last":
        return after[options.window - 1 :][:count]
    of_steps = np.lib.stride_tricks.sliding_window_view(
        after, options.window, axis=0
    )
    return of_steps.swapaxes(1, 2)[:count]  # (N, T, K)


def _differences(values: np.ndarray, base: np.ndarray) -> np.ndarray:
    """values - base, as float32 without an array of float64 of their size."""
    found = np.empty(values.shape, np.float32)
    return np.subtract(values, base, out=found, casting="same_kind")


def season_before(
    scaled: np.ndarray, begins: range, season: int, horizon: int
) -> np.ndarray:
    """What was a season before each horizon: (N, horizon, D).

    begins: rows of `scaled` (n, D) at which the horizons begin.
    """
    steps = np.arange(horizon) % season
    return scaled[np.array(begins)[:, None] - season + steps]
