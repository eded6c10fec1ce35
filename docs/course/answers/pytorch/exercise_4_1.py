import torch.nn.functional as F
from torch import Tensor


def one_hot(tokens: Tensor, size: int) -> Tensor:
    """One-hot vectors: (B, T) -> (B, T, V)."""
    return F.one_hot(tokens, size).float()
