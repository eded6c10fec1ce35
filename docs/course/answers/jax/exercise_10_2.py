from jax import Array


def paired_interval(
    a: Array, b: Array, quantile: float
) -> tuple[Array, Array, Array]:
    """Mean difference and the ends of its interval: two (S) -> three ()."""
    differences = a - b
    mean = differences.mean()
    error = differences.std(ddof=1) / len(differences) ** 0.5
    return mean, mean - quantile * error, mean + quantile * error
