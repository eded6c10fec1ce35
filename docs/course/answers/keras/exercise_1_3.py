from keras import ops


def windows(series, size):
    """Windows and the value after each: (N) -> (M, T, 1), (M, 1)."""
    count = series.shape[0] - size
    x = ops.stack([series[i : i + size] for i in range(count)])  # (M, T)
    y = series[size : size + count]
    return x[:, :, None], y[:, None]
