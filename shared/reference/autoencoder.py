"""The autoencoder in numpy, forward and backward."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shared.reference.losses import LOSSES
from shared.reference.seq2seq import under
from shared.reference.stack import Stack, stack_backward, stack_forward
from shared.specs import Batch, ModelSpec, Split, Weights
from shared.weights.layout import (
    autoencoder_decoder_spec,
    autoencoder_encoder_spec,
)


class Pass(NamedTuple):
    """A forward pass: reconstruction and the passes of both stacks."""

    outputs: np.ndarray  # (B, T, K)
    encoder: Stack
    decoder: Stack


def forward_pass(
    spec: ModelSpec,
    weights: Weights,
    x: np.ndarray,
    lengths: np.ndarray | None,
) -> Pass:
    """Forward pass from in_float64 weights, cached for the backward pass."""
    encoder = stack_forward(
        autoencoder_encoder_spec(spec),
        under("encoder.", weights),
        np.asarray(x, np.float64),
        lengths,
    )
    code = encoder.steps.last[:, None]  # (B, 1, H')
    decoder = stack_forward(
        autoencoder_decoder_spec(spec),
        under("decoder.", weights),
        np.repeat(code, x.shape[1], axis=1),
        None,
    )
    outputs = decoder.steps.outputs @ weights["head.weight"]
    return Pass(outputs + weights["head.bias"], encoder, decoder)


def backward_pass(
    spec: ModelSpec, weights: Weights, batch: Split | Batch, done: Pass
) -> tuple[float, Weights]:
    """Mean loss and gradients."""
    loss, d_outputs = LOSSES[spec.loss](done.outputs, batch.y)
    flat = d_outputs.reshape(-1, spec.output_size)  # (B·T, K)
    read = done.decoder.steps.outputs
    gradients = {
        "head.weight": read.reshape(len(flat), -1).T @ flat,
        "head.bias": flat.sum(axis=0),
    }
    d_copies, found, _ = stack_backward(
        autoencoder_decoder_spec(spec),
        under("decoder.", weights),
        done.decoder.tapes,
        d_outputs @ weights["head.weight"].T,
        np.zeros(done.decoder.steps.last.shape),
    )
    gradients |= {f"decoder.{name}": value for name, value in found.items()}
    _, found, _ = stack_backward(
        autoencoder_encoder_spec(spec),
        under("encoder.", weights),
        done.encoder.tapes,
        np.zeros(done.encoder.steps.outputs.shape),
        d_copies.sum(axis=1),
    )
    gradients |= {f"encoder.{name}": value for name, value in found.items()}
    return loss, {name: gradients[name] for name in weights}
