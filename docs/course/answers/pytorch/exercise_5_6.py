import torch.nn.functional as F
from torch import Tensor


def tagging_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy of the valid steps: (B, T, K), (B, T) -> ()."""
    return F.cross_entropy(logits.mT, targets, ignore_index=-1)
