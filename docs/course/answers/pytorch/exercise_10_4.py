from torch import Tensor


def compare_cells(
    base: Tensor, others: Tensor, seeds: Tensor, examples: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Means, ends of the intervals, and which are settled: four (M)."""
    differences = others - base  # (M, S, N)
    drawn = differences[:, seeds[:, :, None], examples[:, None, :]]
    means = drawn.mean(dim=(2, 3)).sort(dim=1).values  # (M, R)
    cut = means.shape[1] // (40 * len(means))
    low, high = means[:, cut], means[:, -1 - cut]
    settled = (low > 0) | (high < 0)
    return differences.mean(dim=(1, 2)), low, high, settled
