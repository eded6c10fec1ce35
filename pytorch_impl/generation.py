"""Writing on from a prompt, symbol by symbol."""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.device import to_device
from shared.decoding.sampling import Sampling


@torch.inference_mode()
def generate(
    model: nn.Module, prompt: np.ndarray, draws: np.ndarray, rule: Sampling
) -> Iterator[np.ndarray]:
    """What follows a prompt (B, P, ...), by draws (S, B, ...): (B, n, ...)."""
    model.eval()
    read, state = to_device(prompt), model.start(len(prompt))
    for draw in to_device(draws):
        logits, state = model.resume(read, state)
        choose_next = CHOICES[model.spec.model]
        read = choose_next(logits[:, -1], draw, rule)[:, None]  # (B, 1)
        yield read.cpu().numpy()


def choose(logits: Tensor, draws: Tensor, rule: Sampling) -> Tensor:
    """Draw among the symbols kept: logits (B, V), draws (B,) -> (B,)."""
    if rule.temperature == 0:
        return logits.argmax(dim=-1)
    ranked, order = logits.sort(dim=-1, descending=True, stable=True)
    shares = (ranked / rule.temperature).softmax(dim=-1)  # (B, V)
    shares[:, rule.top_k or logits.shape[1] :] = 0.0
    shares /= shares.sum(dim=-1, keepdim=True)
    before = shares.cumsum(dim=-1) - shares
    shares[before >= rule.top_p] = 0.0
    sums = shares.cumsum(dim=-1)  # (B, V)
    places = (sums < draws[:, None] * sums[:, -1:]).sum(dim=-1)
    return order.gather(-1, places[:, None])[:, 0]


def press(logits: Tensor, draws: Tensor, rule: Sampling) -> Tensor:
    """Draw each key: logits (B, K), draws (B, K) -> 0 or 1 (B, K)."""
    if rule.temperature == 0:
        return (logits > 0).to(logits.dtype)
    shares = (logits / rule.temperature).sigmoid()
    return (draws < shares).to(logits.dtype)


CHOICES = {"language_model": choose, "frame_model": press}
