from keras import ops


def bahdanau_scores(query, memory, w_query, w_memory, v):
    """Scores of additive attention: (B, H), (B, T, H) -> (B, T)."""
    queries = (query @ w_query)[:, None]  # (B, 1, A)
    energy = ops.tanh(queries + memory @ w_memory)  # (B, T, A)
    return ops.dot(energy, v)
