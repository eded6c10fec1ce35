import torch
from torch import Tensor


def generate(
    prompt: Tensor,
    table: Tensor,
    w_ih: Tensor,
    w_hh: Tensor,
    b: Tensor,
    w_out: Tensor,
    steps: int,
) -> Tensor:
    """The most probable continuation, token by token: (B, P) -> (B, S)."""
    h = torch.zeros((prompt.shape[0], w_hh.shape[0]))  # (B, H)
    for t in range(prompt.shape[1]):
        h = torch.tanh(table[prompt[:, t]] @ w_ih + h @ w_hh + b)
    generated = []
    for _ in range(steps):
        tokens = torch.argmax(h @ w_out, dim=1)  # (B)
        generated.append(tokens)
        h = torch.tanh(table[tokens] @ w_ih + h @ w_hh + b)
    return torch.stack(generated, dim=1)
