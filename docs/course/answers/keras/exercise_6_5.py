from keras import ops


def nucleus_probs(logits, p):
    """Probabilities of the nucleus, 0 elsewhere: (B, V)."""
    order = ops.argsort(-logits, axis=1)
    ranked = ops.take_along_axis(ops.softmax(logits, axis=1), order, axis=1)
    before = ops.cumsum(ranked, axis=1) - ranked  # (B, V)
    ranked = ops.where(before < p, ranked, 0.0)
    places = ops.argsort(order, axis=1)  # undoes the order
    probs = ops.take_along_axis(ranked, places, axis=1)
    return probs / ops.sum(probs, axis=1, keepdims=True)
