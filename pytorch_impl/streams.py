"""Text in streams: the state goes on from window to window."""

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.device import to_device
from pytorch_impl.losses import step_losses
from shared.batching.tbptt import score_streams


class Carried(nn.Module):
    """A language model that goes on where its last window ended."""

    def __init__(self, model: nn.Module):
        super().__init__()
        self.model, self.spec = model, model.spec
        self.forget()

    def forget(self) -> None:
        """Begin the streams anew."""
        self.state = None

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Read the next windows; no gradient reaches those before."""
        if self.state is None:
            self.state = self.model.start(len(x))
        logits, state = self.model.resume(x, self.state)
        self.state = detached(state)
        return logits  # (B, T, V)


def detached(state):
    """The values of a state without the history that made them."""
    if isinstance(state, Tensor):
        return state.detach()
    return tuple(map(detached, state))


@torch.inference_mode()
def likelihoods(model: nn.Module, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Negative log-likelihoods of y (N, T) in nats, the state carried."""
    model.eval()

    def forward(x: np.ndarray, y: np.ndarray, state) -> tuple:
        logits, state = model.resume(to_device(x), state)
        return step_losses(logits, to_device(y)).cpu().numpy(), state

    return score_streams(forward, model.start, x, y)
