from keras import ops


def top_k_probs(logits, k):
    """Probabilities of the k largest logits, 0 elsewhere: (B, V)."""
    top, _ = ops.top_k(logits, k)  # (B, k), descending
    least = top[:, -1:]
    return ops.softmax(ops.where(logits < least, -float("inf"), logits), axis=1)
