import torch
from torch import Tensor


def temperature_probs(logits: Tensor, temperature: float) -> Tensor:
    """Probabilities at a temperature: (B, V) -> (B, V)."""
    return torch.softmax(logits / temperature, dim=1)
