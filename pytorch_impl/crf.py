"""A conditional random field (CRF) over the tags of a sequence.

The score of tags y under emissions e, the outputs of the network, is

    s(y) = a[y_1] + sum_t e_t[y_t] + sum_t A[y_{t-1}, y_t] + z[y_T],

and p(y) = exp(s(y)) / Z, where Z is the sum over all tag sequences (Lafferty
et al. 2001; over a recurrent network Huang et al. 2015, and Lample et al.
2016, eq. 1). The forward algorithm computes log Z, Viterbi's the best tags.
"""

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.device import to_device
from shared.specs import ModelSpec
from shared.weights.layout import crf_shapes


class CRF(nn.Module):
    """Scores of a tag after another (K, K), of the first, and of the last."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        pairs, first, last = crf_shapes(spec.output_size)
        self.transitions = nn.Parameter(torch.zeros(pairs))  # from, to
        self.start = nn.Parameter(torch.zeros(first))
        self.end = nn.Parameter(torch.zeros(last))


def crf_nll(outputs: Tensor, targets: Tensor, crf: CRF) -> Tensor:
    """Mean negative log-likelihood a word: (B, T, K), (B, T), -1: none."""
    mask = targets >= 0  # (B, T)
    scores = path_scores(outputs, targets, crf)
    return (log_partition(outputs, mask, crf) - scores).sum() / mask.sum()


def path_scores(emissions: Tensor, tags: Tensor, crf: CRF) -> Tensor:
    """The score s of given tags (B, T), -1 past the ends: (B,)."""
    mask = (tags >= 0).to(emissions.dtype)
    last = mask.sum(dim=1).long() - 1  # (B,)
    tags = tags.clamp(min=0)
    steps = emissions.gather(2, tags[..., None]).squeeze(2)  # (B, T)
    pairs = crf.transitions[tags[:, :-1], tags[:, 1:]]  # (B, T - 1)
    ends = crf.end[tags.gather(1, last[:, None]).squeeze(1)]  # (B,)
    total = (steps * mask).sum(dim=1) + (pairs * mask[:, 1:]).sum(dim=1)
    return crf.start[tags[:, 0]] + total + ends


def log_partition(emissions: Tensor, mask: Tensor, crf: CRF) -> Tensor:
    """log Z by the forward algorithm: (B, T, K), (B, T) -> (B,)."""
    alphas = crf.start + emissions[:, 0]  # (B, K)
    for step in range(1, emissions.shape[1]):
        pairs = alphas[:, :, None] + crf.transitions  # (B, K, K)
        new = pairs.logsumexp(dim=1) + emissions[:, step]
        alphas = torch.where(mask[:, step, None], new, alphas)
    return (alphas + crf.end).logsumexp(dim=1)


@torch.inference_mode()
def viterbi(
    model: nn.Module,
    emissions: np.ndarray,
    lengths: np.ndarray,
    allowed: np.ndarray,
) -> np.ndarray:
    """The best allowed tags under emissions (N, T, K): (N, T), -1 past ends."""
    arrays = map(to_device, (emissions, lengths, allowed))
    return best_tags(model.crf, *arrays).cpu().numpy().astype(np.int32)


def best_tags(
    crf: CRF, emissions: Tensor, lengths: Tensor, allowed: Tensor
) -> Tensor:
    """Viterbi's algorithm; allowed: whether a tag may follow, or begin."""
    transitions = crf.transitions.masked_fill(~allowed[:-1], -torch.inf)
    best = crf.start.masked_fill(~allowed[-1], -torch.inf) + emissions[:, 0]
    same = torch.arange(len(transitions), device=best.device)  # (K,)
    pointers = []
    for step in range(1, emissions.shape[1]):
        scores, before = (best[:, :, None] + transitions).max(dim=1)  # (N, K)
        mask = (step < lengths)[:, None]
        best = torch.where(mask, scores + emissions[:, step], best)
        pointers.append(torch.where(mask, before, same))
    tags = [(best + crf.end).argmax(dim=1)]  # (N,)
    for before in reversed(pointers):
        tags.append(before.gather(1, tags[-1][:, None]).squeeze(1))
    path = torch.stack(tags[::-1], dim=1)  # (N, T)
    steps = torch.arange(path.shape[1], device=path.device)
    return path.masked_fill(steps >= lengths[:, None], -1)
