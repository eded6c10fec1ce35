import torch
from torch import Tensor


def top_k_probs(logits: Tensor, k: int) -> Tensor:
    """Probabilities of the k largest logits, 0 elsewhere: (B, V)."""
    top, _ = torch.topk(logits, k, dim=1)  # (B, k), descending
    least = top[:, -1:]
    return torch.softmax(logits.masked_fill(logits < least, -torch.inf), dim=1)
