from keras import ops


def compare_cells(base, others, seeds, examples):
    """Means, ends of the intervals, and which are settled: four (M)."""
    differences = others - base  # (M, S, N)
    rows = ops.take(differences, seeds, axis=1)  # (M, R, S, N)
    columns = ops.broadcast_to(examples[None, :, None], rows.shape)
    drawn = ops.take_along_axis(rows, columns, axis=3)
    means = ops.sort(ops.mean(drawn, axis=(2, 3)), axis=1)  # (M, R)
    cut = means.shape[1] // (40 * means.shape[0])
    low, high = means[:, cut], means[:, -1 - cut]
    settled = (low > 0) | (high < 0)
    return ops.mean(differences, axis=(1, 2)), low, high, settled
