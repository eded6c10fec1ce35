from torch import Tensor


def paired_interval(
    a: Tensor, b: Tensor, quantile: float
) -> tuple[Tensor, Tensor, Tensor]:
    """Mean difference and the ends of its interval: two (S) -> three ()."""
    differences = a - b
    mean = differences.mean()
    error = differences.std() / len(differences) ** 0.5
    return mean, mean - quantile * error, mean + quantile * error
