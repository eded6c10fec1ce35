"""Decoding of targets, their scores under teacher forcing, attention maps."""

from functools import partial

import keras
import numpy as np
from keras import ops

from keras_impl.attention import Memory, attend
from keras_impl.device import CURRENT, compiled
from keras_impl.losses import step_losses
from keras_impl.seq2seq import DecoderState
from shared.batching.chunks import score_in_chunks
from shared.decoding import beam_search
from shared.decoding.options import DecodingOptions, Step
from shared.weights.seq2seq import INPUT_FEEDING


def decode(
    model: keras.Model,
    x: np.ndarray,
    lengths: np.ndarray,
    options: DecodingOptions,
) -> np.ndarray:
    """The target of each source (N, T): (N, longest), -1 past its end."""
    steps = partial(encode_sources, model), partial(advance, model)
    return beam_search.decode(
        *steps, x, lengths, options, model.spec.output_size
    )


def encode_sources(
    model: keras.Model, x: np.ndarray, lengths: np.ndarray
) -> tuple[Memory, DecoderState]:
    """The memory of sources (B, T), and the decoder's initial state."""
    encode = compiled(type(model).encode, model)
    return encode(x[:, : lengths.max()], lengths)


def advance(
    model: keras.Model,
    state: tuple[Memory, DecoderState],
    rows: np.ndarray,
    tokens: np.ndarray,
    count: int,
) -> Step:
    """The most probable next tokens after one token each (R,) on rows."""
    memory, decoder = state
    memory = Memory(*(part[rows] for part in memory))
    decoder = DecoderState(
        model.decoder.recurrent.select_rows(decoder.state, rows),
        decoder.outputs[rows],
    )
    inputs = tokens.astype("int32")[:, None]  # (R, 1)
    step = compiled(best_tokens, model, count)
    log_probs, best, decoder = step(inputs, memory, decoder)
    return Step(log_probs, best, (memory, decoder))


def teacher_forced_scores(
    model: keras.Model, x: np.ndarray, y: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Token NLL in nats, and hits of the most probable token: (N, T, 2)."""
    return score_in_chunks(compiled(scores, model), x, y, lengths)


def attention_maps(
    model: keras.Model, x: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Attention weights of each decoder step over the source: (B, T, T)."""
    maps = []
    with keras.device(CURRENT["device"]):
        memory, state = model.encode(x[..., 0], lengths)
        for t in range(x.shape[1]):
            before = state
            _, state = model.step(x[:, t : t + 1, 1], memory, before)
            # Input feeding queries with the outputs of the step before.
            feeding = INPUT_FEEDING[model.spec.attention]
            queries = before.outputs if feeding else state.outputs
            maps.append(attend(model.attention, queries, memory)[1])
        return ops.convert_to_numpy(ops.concatenate(maps, axis=1))


# What Keras compiles for the functions above: tensors in, tensors out.
def best_tokens(
    model: keras.Model, count: int, tokens, memory: Memory, state: DecoderState
) -> tuple:
    """Log-probabilities and tokens, each (R, count), and the state."""
    logits, state = model.step(tokens, memory, state)
    log_probs, best = ops.top_k(ops.log_softmax(logits[:, 0]), count)
    return log_probs, best, state


def scores(model: keras.Model, x, y, lengths):
    """Token NLL and hits under teacher forcing: (B, T, 2)."""
    logits = model({"x": x, "lengths": lengths})
    losses = step_losses(y, logits)
    hits = ops.cast(ops.argmax(logits, axis=-1) == y, losses.dtype)
    return ops.stack((losses, hits), axis=-1)
