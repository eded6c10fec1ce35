from torch import Tensor


def next_token_pairs(tokens: Tensor) -> tuple[Tensor, Tensor]:
    """Inputs and targets, one step apart: (B, T + 1) -> two (B, T)."""
    return tokens[:, :-1], tokens[:, 1:]
