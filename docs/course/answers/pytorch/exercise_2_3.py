import torch
from torch import Tensor


def clip_gradients(
    d_w_ih: Tensor, d_w_hh: Tensor, d_b: Tensor, max_norm: float
) -> tuple[Tensor, ...]:
    """All gradients times min(1, max_norm / their global norm)."""
    gradients = d_w_ih, d_w_hh, d_b
    norm = torch.linalg.vector_norm(
        torch.stack([torch.linalg.vector_norm(g) for g in gradients])
    )
    scale = (max_norm / norm).clamp(max=1.0)
    return tuple(scale * g for g in gradients)
