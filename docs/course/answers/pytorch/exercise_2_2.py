import torch
from torch import Tensor


def rescale(w_hh: Tensor, radius: float) -> Tensor:
    """The matrix (H, H) with this spectral radius."""
    eigenvalues = torch.linalg.eigvals(w_hh)  # (H) complex
    return w_hh * radius / eigenvalues.abs().max()
