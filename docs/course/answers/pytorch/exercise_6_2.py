import torch
import torch.nn.functional as F
from torch import Tensor


def perplexity(logits: Tensor, targets: Tensor) -> Tensor:
    """e to the mean loss of all tokens: (B, T, V), (B, T) -> ()."""
    loss = F.cross_entropy(logits.mT, targets)  # classes second
    return torch.exp(loss)
