def early_stopping(losses: list[float], patience: int) -> tuple[int, int]:
    """The epoch with the smallest loss, and the last one trained."""
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1
