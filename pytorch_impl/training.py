"""The training loop and prediction."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.device import CURRENT, batch_to_device, to_device
from pytorch_impl.losses import build_loss, loss_weights
from pytorch_impl.optimizers import build_optimizer
from pytorch_impl.tbptt import StatefulLanguageModel
from shared.batching.batches import epoch_batches, steps_per_epoch
from shared.batching.chunks import predict_in_chunks
from shared.specs import Split, TrainSpec


def fit(
    model: nn.Module,
    split: Split,
    spec: TrainSpec,
    on_epoch_end: Callable[[int, float], bool],
) -> None:
    """Train; on_epoch_end takes each epoch's mean loss, and true stops."""
    torch.manual_seed(spec.seed)
    CURRENT["packing"] = spec.packing
    steps = steps_per_epoch(split, spec)
    trained = StatefulLanguageModel(model) if spec.stateful else model
    train_step = LOOPS[spec.loop](trained, spec, steps * spec.epochs)
    for epoch in range(spec.epochs):
        trained.train()
        if spec.stateful:
            trained.reset_state()
        total = 0.0
        for batch in epoch_batches(split, spec, epoch):
            total += train_step(*batch_to_device(batch))
        if on_epoch_end(epoch, float(total) / steps):
            break


def step_loop(
    model: nn.Module, spec: TrainSpec, total: int
) -> Callable[..., Tensor]:
    """One training step a batch."""
    compute_loss = build_loss(
        model.spec.loss, spec.label_smoothing, model.spec.quantile_levels
    )
    optimizer, schedule = build_optimizer(model, spec, total)

    def train_step(
        x: Tensor,
        y: Tensor,
        lengths: Tensor | None,
        sample_mask: Tensor | None,
    ) -> Tensor:
        inputs = (x, lengths, sample_mask)
        if sample_mask is None:
            inputs = (x, lengths)
        with CURRENT["autocast"]():
            outputs = model(*inputs)
        outputs = outputs.to(torch.get_default_dtype())
        loss = compute_loss(outputs, y, *loss_weights(model))
        optimizer.zero_grad()
        loss.backward()
        if spec.clip_norm:
            nn.utils.clip_grad_norm_(model.parameters(), spec.clip_norm)
        if spec.clip_value:
            nn.utils.clip_grad_value_(model.parameters(), spec.clip_value)
        optimizer.step()
        if schedule is not None:
            schedule.step()
        return loss.detach()  # read at the end of the epoch

    return train_step


# PyTorch runs operations as they come; Keras and JAX always compile a step.
def compile_loop(
    model: nn.Module, spec: TrainSpec, total: int
) -> Callable[..., Tensor]:
    """A training step whose forward and backward pass are compiled."""
    model.compile(dynamic=False)
    return step_loop(model, spec, total)


LOOPS = {"step": step_loop, "compile": compile_loop}


@torch.inference_mode()
def predict(
    model: nn.Module, x: np.ndarray, lengths: np.ndarray | None
) -> np.ndarray:
    """Outputs (N, K) without dropout."""
    model.eval()

    def forward(x: np.ndarray, lengths: np.ndarray | None) -> np.ndarray:
        with CURRENT["autocast"]():
            outputs = model(to_device(x), to_device(lengths))
        return outputs.to(torch.get_default_dtype()).cpu().numpy()

    return predict_in_chunks(forward, x, lengths)
