"""Decoding of targets, their scores under teacher forcing, attention maps."""

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import Array, lax

from jax_impl.attention import attend
from jax_impl.device import to_device
from jax_impl.losses import step_losses
from jax_impl.training import apply
from shared.batching.chunks import score_in_chunks
from shared.decoding import beam_search
from shared.decoding.options import DecodingOptions, Step
from shared.weights.seq2seq import INPUT_FEEDING


def decode(
    model: nnx.Module,
    x: np.ndarray,
    lengths: np.ndarray,
    options: DecodingOptions,
) -> np.ndarray:
    """The target of each source (N, T): (N, longest), -1 past its end."""
    model.eval()
    encode = nnx.cached_partial(apply, type(model).encode, model)
    steps = (
        partial(encode_sources, encode),
        partial(advance, nnx.cached_partial(top_tokens, model)),
    )
    return beam_search.decode(
        *steps, x, lengths, options, model.spec.output_size
    )


def encode_sources(
    encode: Callable, x: np.ndarray, lengths: np.ndarray
) -> tuple:
    """The memory of sources (B, T), and the decoder's initial state."""
    rows = padded_rows(np.arange(len(x)))
    return encode(x[rows], lengths[rows])


def advance(
    top_tokens: Callable,
    state: tuple,
    rows: np.ndarray,
    tokens: np.ndarray,
    count: int,
) -> Step:
    """The most probable next tokens after one token each (R,) on rows."""
    inputs = padded_rows(rows), padded_rows(tokens)
    *top, state = top_tokens(state, *inputs, count=count)
    logs, best = (np.asarray(part)[: len(rows)] for part in top)
    return Step(logs, best, state)


def padded_rows(rows: np.ndarray) -> np.ndarray:
    """Rows (R,), repeated up to one of a few sizes."""
    # A compiled step has one shape: without it each R would be compiled.
    size = 16
    while size < len(rows):
        size *= 4
    return np.resize(rows, size)


# Apart from `advance`, which is numpy on both sides of a compiled step.
@partial(nnx.jit, static_argnames="count")
def top_tokens(
    model: nnx.Module, state: tuple, rows: Array, tokens: Array, count: int
) -> tuple[Array, Array, tuple]:
    """Log-probabilities and tokens (R, count), the state after."""
    memory, decoder_state = jax.tree.map(lambda part: part[rows], state)
    logits, decoder_state = model.step(tokens[:, None], memory, decoder_state)
    logs, best = lax.top_k(nnx.log_softmax(logits[:, 0]), count)
    return logs, best, (memory, decoder_state)


def teacher_forced_scores(
    model: nnx.Module, x: np.ndarray, y: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Token NLL in nats, and hits of the most probable token: (N, T, 2)."""
    model.eval()
    predict_logits = nnx.cached_partial(apply, type(model).__call__, model)

    def forward(x: np.ndarray, y: np.ndarray, lengths: np.ndarray):
        logits, y = predict_logits(x, lengths), to_device(y)
        losses, hits = step_losses(logits, y), logits.argmax(axis=-1) == y
        return np.asarray(jnp.stack((losses, hits), axis=-1))

    return score_in_chunks(forward, x, y, lengths)


def attention_maps(
    model: nnx.Module, x: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Attention weights of each decoder step over the source: (B, T, T)."""
    model.eval()
    x, maps = to_device(x), []
    memory, state = model.encode(x[..., 0], to_device(lengths))
    for tokens in jnp.split(x[..., 1], x.shape[1], axis=1):  # (B, 1)
        before = state.outputs
        _, state = model.step(tokens, memory, state)
        input_feeding = INPUT_FEEDING[model.spec.attention]
        queries = before if input_feeding else state.outputs
        maps.append(attend(model.attention, queries, memory)[1])
    return np.asarray(jnp.concatenate(maps, axis=1))
