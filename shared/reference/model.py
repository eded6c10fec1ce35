"""The whole model in numpy: inputs, stacks, head and loss.

Weights have the canonical names of `shared.weights.layout`; all arithmetic is
in float64, and without dropout.
"""

from typing import Any, NamedTuple

import numpy as np

from shared.reference import seq2seq as reference_seq2seq
from shared.reference import seq2seq_backward as reference_seq2seq_backward
from shared.reference.convolution import Encoded, encode, encode_backward
from shared.reference.crf import crf_weights
from shared.reference.head import head, head_backward, pooling
from shared.reference.losses import loss_of, masked_cross_entropy
from shared.reference.stack import (
    Stack,
    States,
    add_gradients,
    embedding_backward,
    stack_backward,
    stack_forward,
)
from shared.specs import CRF_WEIGHTS, Array, Batch, ModelSpec, Split, Weights
from shared.weights.layout import (
    autoencoder_decoder_spec,
    autoencoder_encoder_spec,
    char_column,
    char_spec,
)


class Pass(NamedTuple):
    """A forward pass, with what the backward pass needs."""

    outputs: Array  # (B, K) or (B, T, K)
    pooled: Array  # (B, P) or (B, T, H'), what the head reads
    stack: Stack
    inner: Stack | None  # over a word's characters, or the encoder
    shapes: Array | None  # (B, T), of words
    frames: Encoded | None  # of a video


def forward(
    spec: ModelSpec, weights: Weights, x: Array, lengths: Array | None
) -> Array:
    """Outputs of the model: x (B, T, ...) -> (B, K), or (B, T, K)."""
    seq2seq = spec.model == "seq2seq"
    run = reference_seq2seq.forward_pass if seq2seq else forward_pass
    return run(spec, in_float64(weights), x, lengths).outputs


def forward_pass(
    spec: ModelSpec,
    weights: Weights,
    x: Array,
    lengths: Array | None,
    initial_states: States | None = None,
) -> Pass:
    """Forward pass from in_float64 weights, cached for the backward pass.

    Two stacks read one after the other: a word's characters become a feature
    of the word, as its shape is, and the autoencoder's code is read at each
    step.
    """
    inner, outer, prefix, more, shapes = None, spec, "", [], None
    frames = encode(spec, weights, x) if spec.model == "video_model" else None
    steps = x[..., 0] if spec.model == "tagger" else x
    if frames:
        steps = frames.vectors
    if spec.shape_size:
        shapes = x[..., 1]
        more.append(weights["shapes.table"][shapes])  # (B, T, E)
    if spec.char_encoder:
        words = x[..., char_column(spec) :]  # (B, T, C)
        words = words.reshape(-1, words.shape[2])
        ends, inner_spec = np.count_nonzero(words, axis=1), char_spec(spec)
        inner = stack_forward(inner_spec, weights, words, ends, "characters.")
        more.append(inner.last.reshape(*x.shape[:2], -1))  # (B, T, 2H)
    if spec.model == "autoencoder":
        inner_spec = autoencoder_encoder_spec(spec)
        inner = stack_forward(inner_spec, weights, x, lengths, "encoder.")
        steps = np.repeat(inner.last[:, None], x.shape[1], axis=1)
        lengths, prefix = None, "decoder."
        outer = autoencoder_decoder_spec(spec)
    stack = stack_forward(
        outer, weights, steps, lengths, prefix, initial_states, more
    )
    pooled = pooling(spec)[0](stack)
    outputs = head(spec, weights, pooled)
    return Pass(outputs, pooled, stack, inner, shapes, frames)


def backward_pass(
    spec: ModelSpec, weights: Weights, done: Pass, d_outputs: Array
) -> Weights:
    """Gradients by canonical name; none reaches the initial state."""
    d_pooled, d_head = head_backward(spec, weights, done.pooled, d_outputs)
    d_steps, d_last = pooling(spec)[1](done.stack, d_pooled)
    outer = stack_backward(weights, done.stack, d_steps, d_last)
    parts = [d_head, outer.weights]
    d_vectors = outer.vectors  # (B, T, D): word, shape, characters
    if done.inner:
        if spec.model == "autoencoder":
            d_last = d_vectors.sum(axis=1)  # of the code, at each step
        else:
            size = done.inner.last.shape[1]
            d_vectors, d_last = np.split(d_vectors, [-size], axis=2)
        zeros = np.zeros(done.inner.outputs.shape)
        d_last = d_last.reshape(done.inner.last.shape)
        parts.append(stack_backward(weights, done.inner, zeros, d_last).weights)
    if done.frames:
        parts.append(encode_backward(spec, weights, done.frames, d_vectors))
    if done.shapes is not None:
        name = "shapes.table"
        d_shapes = d_vectors[..., -spec.shape_embedding_size :]
        table = embedding_backward(weights[name].shape, done.shapes, d_shapes)
        parts.append({name: table})
    return add_gradients(weights, parts)


def training_step(
    spec: ModelSpec,
    weights: Weights,
    batch: Batch,
    initial_states: States | None = None,
    smoothing: float = 0.0,
) -> tuple[float, Weights, Any]:
    """Mean loss of a batch, gradients, and the final states of its layers."""
    x, y, lengths, sample_mask = batch
    if spec.model == "seq2seq":
        translated = reference_seq2seq.forward_pass(
            spec, weights, x, lengths, sample_mask
        )
        loss, d_logits = masked_cross_entropy(translated.outputs, y, smoothing)
        gradients = reference_seq2seq_backward.backward_pass(
            spec, weights, translated, d_logits
        )
        return loss, gradients, None
    done = forward_pass(spec, weights, x, lengths, initial_states)
    loss, d_outputs, *d_crf = loss_of(spec, smoothing)(
        done.outputs, y, *crf_weights(spec, weights)
    )
    gradients = backward_pass(spec, weights, done, d_outputs)
    gradients |= dict(zip(CRF_WEIGHTS, d_crf))
    return loss, gradients, done.stack.states


def loss_and_gradients(
    spec: ModelSpec, weights: Weights, batch: Split | Batch
) -> tuple[float, Weights]:
    """Mean loss of a batch, and gradients by canonical name."""
    read = Batch(batch.x, batch.y, batch.lengths, None)
    return training_step(spec, in_float64(weights), read)[:2]


def in_float64(weights: Weights) -> Weights:
    return {name: np.asarray(w, np.float64) for name, w in weights.items()}
