from keras import ops


def paired_interval(a, b, quantile):
    """Mean difference and the ends of its interval: two (S) -> three ()."""
    differences = a - b
    count = differences.shape[0]
    mean = ops.mean(differences)
    variance = ops.sum((differences - mean) ** 2) / (count - 1)
    error = ops.sqrt(variance) / count**0.5
    return mean, mean - quantile * error, mean + quantile * error
