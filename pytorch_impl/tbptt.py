"""Truncated backpropagation through time: state kept between windows."""

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.device import CURRENT, to_device
from pytorch_impl.losses import step_losses
from pytorch_impl.recurrent import State
from shared.batching.tbptt import score_streams


class StatefulLanguageModel(nn.Module):
    """A language model that continues from the state of its last window."""

    # PyTorch has no stateful layer, and NNX carries the state explicitly.
    def __init__(self, model: nn.Module):
        super().__init__()
        self.model, self.spec = model, model.spec
        self.reset_state()

    def reset_state(self) -> None:
        """Start the next window from the initial state."""
        self.state = None

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits of the next windows; the gradient stops at their start."""
        if self.state is None:
            self.state = self.model.initial_state(len(x))
        logits, state = self.model.forward_from(x, self.state)
        self.state = detach(state)
        return logits  # (B, T, V)


# PyTorch's graph would reach back through the state to the first window.
def detach(state: State) -> State:
    """A state cut off from the graph of the windows before it."""
    if isinstance(state, Tensor):
        return state.detach()
    return type(state)(map(detach, state))


@torch.inference_mode()
def token_nll(model: nn.Module, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Negative log-likelihood of each y in nats, stateful: (N, T)."""
    model.eval()

    def forward(
        x: np.ndarray, y: np.ndarray, state: State
    ) -> tuple[np.ndarray, State]:
        with CURRENT["autocast"]():
            logits, state = model.forward_from(to_device(x), state)
        logits = logits.to(torch.get_default_dtype())
        return step_losses(logits, to_device(y)).cpu().numpy(), state

    return score_streams(forward, model.initial_state, x, y)
