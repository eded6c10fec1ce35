import torch
from torch import Tensor


def ctc_collapse(path: Tensor, blank: int) -> list[int]:
    """The labels of a path: repetitions merged, then blanks dropped."""
    labels = torch.unique_consecutive(path)
    return labels[labels != blank].tolist()
