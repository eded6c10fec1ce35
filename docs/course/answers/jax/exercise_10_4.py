import jax.numpy as jnp
from jax import Array


def compare_cells(
    base: Array, others: Array, seeds: Array, examples: Array
) -> tuple[Array, Array, Array, Array]:
    """Means, ends of the intervals, and which are settled: four (M)."""
    differences = others - base  # (M, S, N)
    drawn = differences[:, seeds[:, :, None], examples[:, None, :]]
    means = jnp.sort(drawn.mean(axis=(2, 3)), axis=1)  # (M, R)
    cut = means.shape[1] // (40 * len(means))
    low, high = means[:, cut], means[:, -1 - cut]
    settled = (low > 0) | (high < 0)
    return differences.mean(axis=(1, 2)), low, high, settled
