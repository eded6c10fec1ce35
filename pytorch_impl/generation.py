"""Generation from a prompt, one token or frame at a time."""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.device import to_device, without_onednn
from shared.decoding.sampling import Sampling


@torch.inference_mode()
def generate(
    model: nn.Module,
    prompt: np.ndarray,
    uniforms: np.ndarray,
    sampling: Sampling,
) -> Iterator[np.ndarray]:
    """Continue a prompt (B, P, ...) by uniforms (S, B, ...): (B, n, ...)."""
    model.eval()
    x, state = to_device(prompt), model.initial_state(len(prompt))
    sample_next = SAMPLERS[model.spec.model]
    for uniform in to_device(uniforms):
        with without_onednn(len(prompt)):
            logits, state = model.forward_from(x, state)
        x = sample_next(logits[:, -1], uniform, sampling)[:, None]  # (B, 1)
        yield x.cpu().numpy()


def sample(logits: Tensor, uniforms: Tensor, sampling: Sampling) -> Tensor:
    """Top-k and top-p sampling: logits (B, V), uniforms (B,) -> (B,)."""
    if sampling.temperature == 0:
        return logits.argmax(dim=-1)
    ranked, order = logits.sort(dim=-1, descending=True, stable=True)
    probs = (ranked / sampling.temperature).softmax(dim=-1)  # (B, V)
    probs[:, sampling.top_k or logits.shape[1] :] = 0.0
    probs /= probs.sum(dim=-1, keepdim=True)
    before = probs.cumsum(dim=-1) - probs
    probs[before >= sampling.top_p] = 0.0
    sums = probs.cumsum(dim=-1)  # (B, V)
    ranks = (sums < uniforms[:, None] * sums[:, -1:]).sum(dim=-1)
    return order.gather(-1, ranks[:, None])[:, 0]


def sample_keys(logits: Tensor, uniforms: Tensor, sampling: Sampling) -> Tensor:
    """Independent keys: logits (B, K), uniforms (B, K) -> 0 or 1 (B, K)."""
    if sampling.temperature == 0:
        return (logits > 0).to(logits.dtype)
    probs = (logits / sampling.temperature).sigmoid()
    return (uniforms < probs).to(logits.dtype)


SAMPLERS = {"language_model": sample, "frame_model": sample_keys}
