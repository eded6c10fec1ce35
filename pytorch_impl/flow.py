"""How a loss depends on the state of each step, from scratch layers."""

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.cells import STEPS
from pytorch_impl.device import batch_to_device
from pytorch_impl.losses import loss_of
from shared.specs import Split


def flow(model: nn.Module, split: Split) -> dict[str, np.ndarray]:
    """∂loss/∂h at each step of each layer, by prefix: (B, T, H)."""
    model.eval()
    x, y, _ = batch_to_device(split)
    outputs, nudges = model.features(x), {}  # (B, T, D)
    shape = (*outputs.shape[:2], model.spec.hidden_size)
    for number, (layer,) in enumerate(model.recurrent.layers):
        nudge = outputs.new_zeros(shape).requires_grad_()
        nudges[f"rnn.{number}."] = nudge
        outputs = torch.stack(read(layer, outputs, nudge), 1)  # (B, T, H)
    logits = model.head(SEEN[model.spec.model](outputs))
    loss = loss_of(model.spec.loss, 0.0)(logits, y)
    slopes = torch.autograd.grad(loss, list(nudges.values()))
    return {
        name: values.cpu().numpy()
        for name, values in zip(nudges, slopes, strict=True)
    }


def read(layer: nn.Module, x: Tensor, nudge: Tensor) -> list[Tensor]:
    """The h of each step, moved by a nudge (B, T, H): T times (B, H)."""
    steps = x @ layer.w_ih + layer.b_ih  # (B, T, G·H)
    state, seen = layer.start(len(x)), []
    for t in range(steps.shape[1]):
        weights = (layer.w_hh, layer.b_hh)
        h, *others = STEPS[layer.cell](steps[:, t], state, *weights)
        state = (h + nudge[:, t], *others)
        seen.append(state[0])
    return seen


def last(outputs: Tensor) -> Tensor:
    """The last step: (B, T, H) -> (B, H)."""
    return outputs[:, -1]


def every(outputs: Tensor) -> Tensor:
    """All steps: (B, T, H)."""
    return outputs


SEEN = {
    "forecaster": last,
    "classifier": last,
    "tagger": every,
    "language_model": every,
    "frame_model": every,
}
