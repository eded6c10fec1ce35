from keras import ops


def one_hot(tokens, size):
    """One-hot vectors: (B, T) -> (B, T, V)."""
    return ops.one_hot(tokens, size)
