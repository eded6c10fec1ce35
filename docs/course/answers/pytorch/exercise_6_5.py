import torch
from torch import Tensor


def nucleus_probs(logits: Tensor, p: float) -> Tensor:
    """Probabilities of the nucleus, 0 elsewhere: (B, V)."""
    ranked, order = torch.softmax(logits, dim=1).sort(dim=1, descending=True)
    before = ranked.cumsum(dim=1) - ranked  # (B, V)
    ranked = torch.where(before < p, ranked, 0.0)
    probs = torch.zeros_like(logits).scatter(1, order, ranked)
    return probs / probs.sum(dim=1, keepdim=True)
