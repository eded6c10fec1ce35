"""Decoding of targets, their scores under teacher forcing, attention maps."""

from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from pytorch_impl.attention import Memory, attend
from pytorch_impl.device import CURRENT, to_device
from pytorch_impl.losses import step_losses
from pytorch_impl.seq2seq import DecoderState
from shared.batching.chunks import score_in_chunks
from shared.decoding import beam_search
from shared.decoding.options import DecodingOptions, Step
from shared.weights.seq2seq import INPUT_FEEDING


@torch.inference_mode()
def decode(
    model: nn.Module,
    x: np.ndarray,
    lengths: np.ndarray,
    options: DecodingOptions,
) -> np.ndarray:
    """The target of each source (N, T): (N, longest), -1 past its end."""
    model.eval()
    steps = partial(encode_sources, model), partial(advance, model)
    return beam_search.decode(
        *steps, x, lengths, options, model.spec.output_size
    )


def encode_sources(
    model: nn.Module, x: np.ndarray, lengths: np.ndarray
) -> tuple[Memory, DecoderState]:
    """The memory of sources (B, T), and the decoder's initial state."""
    x = x[:, : lengths.max()]
    return model.encode(to_device(x), to_device(lengths))


def advance(
    model: nn.Module,
    state: tuple[Memory, DecoderState],
    rows: np.ndarray,
    tokens: np.ndarray,
    count: int,
) -> Step:
    """The most probable next tokens after one token each (R,) on rows."""
    (memory, decoder), rows = state, to_device(rows)
    memory = Memory(*(part[rows] for part in memory))
    decoder = DecoderState(
        model.decoder.recurrent.select_rows(decoder.state, rows),
        decoder.outputs[rows],
    )
    inputs = to_device(tokens)[:, None]  # (R, 1)
    logits, decoder = model.step(inputs, memory, decoder)
    log_probs, best = logits[:, 0].log_softmax(dim=-1).topk(count)
    arrays = (part.numpy(force=True) for part in (log_probs, best))
    return Step(*arrays, (memory, decoder))


@torch.inference_mode()
def teacher_forced_scores(
    model: nn.Module, x: np.ndarray, y: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Token NLL in nats, and hits of the most probable token: (N, T, 2)."""
    model.eval()

    def forward(
        x: np.ndarray, y: np.ndarray, lengths: np.ndarray
    ) -> np.ndarray:
        with CURRENT["autocast"]():
            logits = model(to_device(x), to_device(lengths))
        logits, y = logits.to(torch.get_default_dtype()), to_device(y)
        losses, hits = step_losses(logits, y), logits.argmax(dim=-1) == y
        return torch.stack((losses, hits), dim=-1).numpy(force=True)

    return score_in_chunks(forward, x, y, lengths)


@torch.inference_mode()
def attention_maps(
    model: nn.Module, x: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Attention weights of each decoder step over the source: (B, T, T)."""
    model.eval()
    source, inputs = to_device(x).unbind(dim=-1)  # each (B, T)
    memory, state = model.encode(source, to_device(lengths))
    maps: list[Tensor] = []
    for tokens in inputs.split(1, dim=1):  # (B, 1)
        before = state
        _, state = model.step(tokens, memory, before)
        # Input feeding queries with the outputs of the step before.
        feeding = INPUT_FEEDING[model.spec.attention]
        queries = before.outputs if feeding else state.outputs
        maps.append(attend(model.attention, queries, memory)[1])
    return torch.cat(maps, dim=1).numpy(force=True)
