"""The training loop and prediction."""

from collections.abc import Callable
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.device import batch_to_device, to_device
from pytorch_impl.losses import loss_of
from pytorch_impl.optimizers import build_optimizer
from pytorch_impl.recurrent import Recurrent
from pytorch_impl.streams import Carried
from shared.batching.batches import epoch_batches, steps_per_epoch
from shared.batching.chunks import predict_in_chunks
from shared.specs import Split, TrainSpec


def fit(
    model: nn.Module,
    split: Split,
    spec: TrainSpec,
    on_epoch_end: Callable[[int, float], bool],
) -> None:
    """Train; each epoch's mean loss goes to on_epoch_end; True stops."""
    torch.manual_seed(spec.seed)
    steps = steps_per_epoch(split, spec)
    reader = Carried(model) if spec.stateful else model
    train_step = LOOPS[spec.loop](reader, spec, steps * spec.epochs)
    for epoch in range(spec.epochs):
        reader.train()
        if spec.stateful:
            reader.forget()
        total = 0.0
        for batch in epoch_batches(split, spec, epoch):
            total += train_step(*batch_to_device(batch))
        if on_epoch_end(epoch, float(total) / steps):
            break


def step_loop(model: nn.Module, spec: TrainSpec, total: int):
    """One training step a batch."""
    compute_loss = loss_of(model.spec.loss, spec.label_smoothing)
    optimizer, schedule = build_optimizer(model, spec, total)

    def train_step(x: Tensor, y: Tensor, lengths: Tensor | None) -> Tensor:
        loss = compute_loss(model(x, lengths), y)
        optimizer.zero_grad()
        loss.backward()
        if spec.clip_norm:
            nn.utils.clip_grad_norm_(model.parameters(), spec.clip_norm)
        if spec.clip_value:
            nn.utils.clip_grad_value_(model.parameters(), spec.clip_value)
        optimizer.step()
        schedule.step()
        return loss.detach()

    return train_step


def compile_loop(model: nn.Module, spec: TrainSpec, total: int):
    """A training step whose forward and backward pass are compiled."""
    model.compile(dynamic=False)
    return step_loop(model, spec, total)


def reading_loop(way: str, model: nn.Module, spec: TrainSpec, total: int):
    """A training step whose padded sequences are read in one of two ways."""
    for module in model.modules():
        if isinstance(module, Recurrent):
            module.way = way
    return step_loop(model, spec, total)


LOOPS = {
    "step": step_loop,
    "compile": compile_loop,
    "packed": partial(reading_loop, "packed"),
    "padded": partial(reading_loop, "padded"),
}


@torch.inference_mode()
def predict(
    model: nn.Module, x: np.ndarray, lengths: np.ndarray | None
) -> np.ndarray:
    """Outputs (N, K) of a model that does not train: no dropout."""
    model.eval()

    def forward(x: np.ndarray, lengths: np.ndarray | None) -> np.ndarray:
        return model(to_device(x), to_device(lengths)).cpu().numpy()

    return predict_in_chunks(forward, x, lengths)
