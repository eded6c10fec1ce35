from keras import ops


def pinball_loss(forecast, y, levels):
    """Mean quantile loss: (B, Q), (B), (Q) -> ()."""
    error = y[:, None] - forecast  # (B, Q)
    return ops.mean(ops.maximum(levels * error, (levels - 1) * error))
