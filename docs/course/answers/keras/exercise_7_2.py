from keras import ops


def attend(query, memory, mask):
    """Context (B, H) and weights (B, T) of a query over the valid steps."""
    scores = ops.einsum("bh,bth->bt", query, memory)
    scores = ops.where(mask, scores, -float("inf"))
    weights = ops.softmax(scores, axis=1)
    context = ops.einsum("bt,bth->bh", weights, memory)
    return context, weights
