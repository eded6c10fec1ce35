"""Floating-point operations of a training step, from the closed form."""

from __future__ import annotations

from shared.specs import GATES, ModelSpec
from shared.weights.layout import head_size, layer_prefixes, stacks

PASSES = 3
"""A forward pass, and twice its products in the backward pass."""

EACH_STEP = ("tagger", "language_model", "frame_model", "autoencoder")
"""Models whose head reads every step; another's reads a sequence once."""


def step_flops(
    spec: ModelSpec, batch: int, steps: int, characters: int = 0
) -> int:
    """Operations of one training step on B sequences of T steps.

    A multiplication and an addition are two. Matrix products alone count:
    a layer's 2·(D+H)·G·H a step and direction, the head's 2·P·K for each
    vector that it reads, and in the backward pass twice as many, for the
    gradients of its inputs and of its weights. The look-up of an embedding
    is no product; a one-hot vector is multiplied like any of its size D.
    The forms do not ask whether a gradient is needed, or a state still
    zero: the first layer's input and the first step count as the others.

    characters: C of each of the B·T words, where a stack reads them.
    """
    read = {"characters.": batch * steps * characters}
    total = sum(
        read.get(prefix, batch * steps) * layers_flops(stack)
        for prefix, stack in stacks(spec)
    )
    heads = batch * steps if spec.model in EACH_STEP else batch
    total += heads * 2 * head_size(spec) * spec.output_size
    return PASSES * total


def layers_flops(spec: ModelSpec) -> int:
    """Operations of a stack's layers for one step of one sequence."""
    hidden, columns = spec.hidden_size, GATES[spec.cell] * spec.hidden_size
    return sum(
        2 * (size + hidden) * columns for _, size in layer_prefixes(spec)
    )
