"""Gradients of the loss with respect to the hidden state of each step."""

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.device import batch_to_device
from pytorch_impl.losses import build_loss, loss_weights
from shared.specs import Split


def state_gradients(model: nn.Module, split: Split) -> dict[str, np.ndarray]:
    """∂loss/∂h of each step of each layer, by prefix: (B, T, H)."""
    model.eval()
    x, y, _ = batch_to_device(split)
    outputs, states = model.features(x), {}  # (B, T, D)
    for number, (layer,) in enumerate(model.recurrent.layers):
        hidden = [state[0] for _, state, _ in layer.steps(outputs)]
        states[f"rnn.{number}."] = hidden  # T times (B, H)
        outputs = torch.stack(hidden, dim=1)  # (B, T, H)
    logits = model.head(HEAD_INPUTS[model.spec.model](outputs))
    levels = model.spec.quantile_levels
    compute_loss = build_loss(model.spec.loss, 0.0, levels)
    loss = compute_loss(logits, y, *loss_weights(model))
    # A state is a tensor of the graph: no perturbation is needed.
    every = [h for hidden in states.values() for h in hidden]
    gradients = torch.stack(torch.autograd.grad(loss, every), dim=1)
    layers = gradients.chunk(len(states), dim=1)  # each (B, T, H)
    return {name: g.cpu().numpy() for name, g in zip(states, layers)}


def last_step(outputs: Tensor) -> Tensor:
    """The last step: (B, T, H) -> (B, H)."""
    return outputs[:, -1]


def all_steps(outputs: Tensor) -> Tensor:
    """All steps: (B, T, H) -> (B, T, H)."""
    return outputs


HEAD_INPUTS = {
    "forecaster": last_step,
    "classifier": last_step,
    "tagger": all_steps,
    "language_model": all_steps,
    "frame_model": all_steps,
    "sequence_forecaster": all_steps,
    "speech_recognizer": all_steps,
    "video_model": all_steps,
}
