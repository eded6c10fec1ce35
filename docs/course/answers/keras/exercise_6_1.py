def next_token_pairs(tokens):
    """Inputs and targets, one step apart: (B, T + 1) -> two (B, T)."""
    return tokens[:, :-1], tokens[:, 1:]
