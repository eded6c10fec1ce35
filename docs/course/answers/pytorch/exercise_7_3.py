import torch
from torch import Tensor


def bahdanau_scores(
    query: Tensor, memory: Tensor, w_query: Tensor, w_memory: Tensor, v: Tensor
) -> Tensor:
    """Scores of additive attention: (B, H), (B, T, H) -> (B, T)."""
    queries = (query @ w_query)[:, None]  # (B, 1, A)
    energy = torch.tanh(queries + memory @ w_memory)  # (B, T, A)
    return energy @ v
