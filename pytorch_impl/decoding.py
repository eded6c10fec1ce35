"""What the search for a target asks of a model, and where it looks."""

from functools import partial

import numpy as np
import torch
from torch import nn

from pytorch_impl.attention import look
from pytorch_impl.device import to_device
from pytorch_impl.losses import step_losses
from shared.batching.chunks import score_in_chunks
from shared.decoding import beam_search
from shared.decoding.options import DecodingOptions, Step
from shared.weights.seq2seq import FED


@torch.inference_mode()
def decode(
    model: nn.Module, x: np.ndarray, lengths: np.ndarray, rule: DecodingOptions
) -> np.ndarray:
    """The target of each source (N, T): (N, longest), -1 past its end."""
    model.eval()
    steps = partial(begin, model), partial(advance, model)
    return beam_search.decode(*steps, x, lengths, rule, model.spec.output_size)


def begin(model: nn.Module, x: np.ndarray, lengths: np.ndarray) -> tuple:
    """Read the sources of a batch."""
    x = x[:, : lengths.max()]
    return model.encode(to_device(x), to_device(lengths))


def advance(
    model: nn.Module,
    state: tuple,
    rows: np.ndarray,
    symbols: np.ndarray,
    count: int,
) -> Step:
    """Read a symbol each on some rows: the likeliest of the next ones."""
    (memory, position), rows = state, to_device(rows)
    memory = memory._make(part[rows] for part in memory)
    position = position._make(
        (
            model.decoder.recurrent.pick(position.state, rows),
            position.outputs[rows],
        )
    )
    read = to_device(symbols)[:, None]  # (R, 1)
    logits, position = model.step(read, memory, position)
    logs, found = logits[:, 0].log_softmax(dim=-1).topk(count)
    return Step(
        logs.numpy(force=True), found.numpy(force=True), (memory, position)
    )


@torch.inference_mode()
def forced(
    model: nn.Module, x: np.ndarray, y: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Nats of targets and whether they are the likeliest: (N, T, 2)."""
    model.eval()

    def forward(x: np.ndarray, y: np.ndarray, lengths: np.ndarray):
        logits, y = model(to_device(x), to_device(lengths)), to_device(y)
        losses, hits = step_losses(logits, y), logits.argmax(dim=-1) == y
        return torch.stack((losses, hits), dim=-1).numpy(force=True)

    return score_in_chunks(forward, x, y, lengths)


@torch.inference_mode()
def looks(model: nn.Module, x: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Where attention looks at each step that is read: (B, T, T)."""
    model.eval()
    x, found = to_device(x), []
    memory, position = model.encode(x[..., 0], to_device(lengths))
    for symbols in x[..., 1].split(1, dim=1):  # (B, 1)
        before = position.outputs
        _, position = model.step(symbols, memory, position)
        fed = FED[model.spec.attention]
        queries = before if fed else position.outputs
        found.append(look(model.attention, queries, memory)[1])
    return torch.cat(found, dim=1).numpy(force=True)
