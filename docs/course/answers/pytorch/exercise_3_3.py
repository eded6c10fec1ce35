import torch
from torch import Tensor


def initial_bias(hidden_size: int, value: float) -> Tensor:
    """The bias (4H) of an LSTM, not 0 at the forget gate."""
    b = torch.zeros(4, hidden_size)
    b[1] = value
    return b.flatten()
