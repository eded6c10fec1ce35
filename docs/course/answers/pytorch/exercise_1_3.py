from torch import Tensor


def windows(series: Tensor, size: int) -> tuple[Tensor, Tensor]:
    """Windows and the value after each: (N) -> (M, T, 1), (M, 1)."""
    x = series[:-1].unfold(0, size, 1)  # (M, T)
    y = series[size:]
    return x[:, :, None], y[:, None]
