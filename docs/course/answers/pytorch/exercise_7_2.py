import torch
from torch import Tensor


def attend(
    query: Tensor, memory: Tensor, mask: Tensor
) -> tuple[Tensor, Tensor]:
    """Context (B, H) and weights (B, T) of a query over the valid steps."""
    scores = torch.einsum("bh,bth->bt", query, memory)
    scores = torch.where(mask, scores, -torch.inf)
    weights = torch.softmax(scores, dim=1)
    context = torch.einsum("bt,bth->bh", weights, memory)
    return context, weights
